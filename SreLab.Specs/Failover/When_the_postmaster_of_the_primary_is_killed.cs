using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>PostgreSQL dies on the primary while clients write; its Patroni lives, and hands over at once.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_the_postmaster_of_the_primary_is_killed(KilledPostmaster run) : Spec(run), IClassFixture<KilledPostmaster>
{
    [Fact]
    public void A_standby_is_promoted() => MustHold(Promises.PostmasterPromotion);

    [Fact]
    public void Every_acknowledged_write_survives_on_every_member() => MustHold(Promises.PostmasterDurability);

    [Fact]
    public void No_two_members_accept_writes_at_once() => MustHold(Promises.PostmasterOnePrimary);

    [Fact]
    public void Writes_resume_within_the_objective() => MustHold(Promises.PostmasterOutage);

    [FaultFact]
    public void The_median_outage_keeps_its_objective() => MustHold(Promises.PostmasterOutageMedian);

    [Fact]
    public void The_old_primary_rejoins() => MustHold(Promises.PostmasterRejoin);

    [Fact]
    public void Every_table_has_the_same_content_on_every_member() => MustHold(Promises.PostmasterContent);

    [Fact]
    public void Every_read_on_every_member_shows_whole_transactions_only() => MustHold(Promises.PostmasterBank);

    [Fact]
    public void The_read_only_endpoint_shows_fresh_data_once_it_is_over() => MustHold(Promises.PostmasterStaleness);

    [Fact]
    public void Members_log_nothing_that_it_does_not_explain() => MustHold(Promises.PostmasterLogs);
}
