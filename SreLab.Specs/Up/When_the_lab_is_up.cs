using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Up;

/// <summary>The lab is highly available, watched, private and safe from its first second.</summary>
[Collection(Stages.Up)]
[Trait(Stages.Trait, Stages.Up)]
public sealed class When_the_lab_is_up(BroughtUpLab run) : Spec(run), IClassFixture<BroughtUpLab>
{
    [Fact]
    public void Three_members_run_and_two_of_them_stream() => MustHold(Promises.ThreeMembers);

    [Fact]
    public void Every_member_streams_from_the_one_primary() => MustHold(Promises.MembersWhole);

    [Fact]
    public void A_second_bring_up_changes_nothing() => MustHold(Promises.UpAgain);

    [Fact]
    public void Every_scrape_target_is_up() => MustHold(Promises.EverythingScraped);

    [Fact]
    public void Nothing_listens_beyond_loopback() => MustHold(Promises.NothingBeyondLoopback);

    [Fact]
    public void Every_member_runs_with_the_settings_that_safety_rests_on() => MustHold(Promises.SafeSettings);

    [Fact]
    public void Plain_text_and_wrong_passwords_are_refused() => MustHold(Promises.ForbiddenRefused);
}
