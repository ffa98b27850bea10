using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Platform;

/// <summary>What only a platform can promise: where things run, who is kept out, what updates and scales without being noticed.</summary>
[Collection(Stages.Platform)]
[Trait(Stages.Trait, Stages.Platform)]
public sealed class When_the_platform_is_inspected(InspectedPlatform run) : Spec(run), IClassFixture<InspectedPlatform>
{
    private readonly InspectedPlatform _run = run;

    [PlatformFact]
    public void Every_instance_has_a_node_of_its_own() => MustHoldHere(Promises.InstancesApart);

    [PlatformFact]
    public void Every_instance_has_its_volumes_of_the_class_that_was_asked_for() => MustHoldHere(Promises.VolumesBound);

    [PlatformFact]
    public void The_database_is_reached_from_outside_through_the_load_balancer() => MustHoldHere(Promises.BalancerReached);

    [PlatformFact]
    public void Only_clients_reach_the_database_from_within() => MustHoldHere(Promises.PoliciesEnforced);

    [PlatformFact]
    public void A_teams_account_runs_its_own_service_and_reaches_nothing_else() => MustHoldHere(Promises.TeamsConfined);

    [PlatformFact]
    public void A_privileged_pod_is_refused() => MustHoldHere(Promises.PrivilegedRefused);

    [PlatformFact]
    public void Grafana_serves_the_dashboards() => MustHoldHere(Promises.DashboardsServed);

    [PlatformFact]
    public void A_rolling_update_fails_no_request_and_keeps_its_minimum() => MustHoldHere(Promises.UpdateWithoutFailure);

    [PlatformFact]
    public void Load_scales_the_service_out_and_its_end_scales_it_back() => MustHoldHere(Promises.ScalesOutAndBack);

    [PlatformFact]
    public void A_plan_of_the_infrastructure_changes_nothing() => MustHoldHere(Promises.PlanWithoutChanges);

    private void MustHoldHere(Promise promise) => MustHold(promise, _run.WhyAbsent(promise));
}
