using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>The machine of the primary is lost while clients write: consensus store, Patroni, PostgreSQL and exporter at once.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_member_that_leads_is_killed(KilledMember run) : Spec(run), IClassFixture<KilledMember>
{
    [Fact]
    public void A_standby_is_promoted() => MustHold(Promises.MemberPromotion);

    [Fact]
    public void Every_acknowledged_write_survives_on_every_member() => MustHold(Promises.MemberDurability);

    [Fact]
    public void No_two_members_accept_writes_at_once() => MustHold(Promises.MemberOnePrimary);

    [Fact]
    public void Writes_resume_within_the_objective() => MustHold(Promises.MemberOutage);

    [Fact]
    public void The_outage_is_no_longer_than_the_lease_that_was_left() => MustHold(Promises.MemberOutageLease);

    [Fact]
    public void The_old_primary_rejoins() => MustHold(Promises.MemberRejoin);

    [Fact]
    public void Every_table_has_the_same_content_on_every_member() => MustHold(Promises.MemberContent);

    [Fact]
    public void Every_read_on_every_member_shows_whole_transactions_only() => MustHold(Promises.MemberBank);

    [Fact]
    public void The_read_only_endpoint_shows_fresh_data_once_it_is_over() => MustHold(Promises.MemberStaleness);

    [Fact]
    public void Members_log_nothing_that_it_does_not_explain() => MustHold(Promises.MemberLogs);
}
