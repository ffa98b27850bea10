using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Bench;

/// <summary>Latency and errors keep their objectives, and the numbers can be believed.</summary>
[Collection(Stages.Bench)]
[Trait(Stages.Trait, Stages.Bench)]
public sealed class When_the_database_is_benchmarked(BenchmarkedDatabase run) : Spec(run), IClassFixture<BenchmarkedDatabase>
{
    [Fact]
    public void The_99th_percentile_of_latency_keeps_its_objective() => MustHold(Promises.BenchLatency);

    [Fact]
    public void The_error_ratio_keeps_its_objective() => MustHold(Promises.BenchErrors);

    [Fact]
    public void The_healthy_run_keeps_its_error_budgets() => MustHold(Promises.BenchBudget);

    [Fact]
    public void The_numbers_agree_with_what_pgbench_said() => MustHold(Promises.BenchIntegrity);

    [Fact]
    public void The_read_only_endpoint_serves_reads() => MustHold(Promises.BenchReadOnly);
}
