using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Workloads;

/// <summary>Sound services on the lab's database: as documented, observable, quick, and restarted without anybody noticing.</summary>
[Collection(Stages.Workloads)]
[Trait(Stages.Trait, Stages.Workloads)]
public sealed class When_the_workloads_run(HealthyWorkloads run) : Spec(run), IClassFixture<HealthyWorkloads>
{
    [Fact]
    public void Endpoints_answer_as_documented() => MustHold(Promises.WorkloadContract);

    [Fact]
    public void Every_instance_is_alive_whenever_it_is_asked() => MustHold(Promises.WorkloadLiveness);

    [Fact]
    public void Readiness_follows_the_database() => MustHold(Promises.WorkloadReadiness);

    [Fact]
    public void An_instance_says_that_it_ends_before_it_does() => MustHold(Promises.WorkloadShutdown);

    [Fact]
    public void The_99th_percentile_of_latency_keeps_its_objective() => MustHold(Promises.WorkloadLatency);

    [Fact]
    public void Failed_requests_keep_their_objective() => MustHold(Promises.WorkloadAvailability);

    [Fact]
    public void Every_request_is_counted_once() => MustHold(Promises.WorkloadCounts);

    [Fact]
    public void No_memory_of_a_request_is_kept() => MustHold(Promises.WorkloadMemory);

    [Fact]
    public void Database_connections_are_given_back() => MustHold(Promises.WorkloadConnections);

    [Fact]
    public void One_id_leads_through_every_log() => MustHold(Promises.WorkloadLogs);

    [Fact]
    public void Instances_restart_under_load_without_a_failed_request() => MustHold(Promises.WorkloadRestart);

    [Fact]
    public void The_provider_is_reached_from_inside_only() => MustHold(Promises.WorkloadProviderPrivate);

    [Fact]
    public void Metrics_are_those_that_are_documented() => MustHold(Promises.WorkloadMetrics);
}
