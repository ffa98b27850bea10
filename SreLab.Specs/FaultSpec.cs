using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs;

/// <summary>What every fault of the catalogue has to leave whole, and what has to follow it.</summary>
public abstract class FaultSpec(FaultScenario run) : Spec(run)
{
    private readonly FaultPromises _promises = FaultPromises.Of(run.Kind);

    [FaultFact]
    public void What_has_to_follow_follows() => MustHold(_promises.Course);

    [FaultFact]
    public void Every_acknowledged_write_survives_on_every_member() => MustHold(_promises.Durability);

    [FaultFact]
    public void No_two_members_accept_writes_at_once() => MustHold(_promises.OnePrimary);

    [FaultFact]
    public void Writes_stop_no_longer_than_the_objective() => MustHold(_promises.Outage);

    [FaultFact]
    public void The_cluster_becomes_whole_again() => MustHold(_promises.Whole);

    [FaultFact]
    public void Every_read_on_every_member_shows_whole_transactions_only() => MustHold(_promises.Bank);

    [FaultFact]
    public void The_read_only_endpoint_shows_fresh_data_once_it_is_over() => MustHold(_promises.Staleness);

    [FaultFact]
    public void Members_log_nothing_that_it_does_not_explain() => MustHold(_promises.Logs);

    [FaultFact]
    public void Every_table_has_the_same_content_on_every_member() => MustHold(_promises.Content);
}
