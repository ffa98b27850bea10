using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>The benchmark's clients are thrown out half-way; pgbench then prints a rate of failed transactions of 0.000 %.</summary>
internal sealed class TerminatedClients : Plant
{
    public override string Id => "terminated-clients";

    public override string Defect => "half-way through the counted time the server ends every pgbench session";

    public override PlantPoint Point => PlantPoint.DuringBench;

    public override string SpecClass => "When_the_database_is_benchmarked";

    public override IReadOnlyList<string> MustBeRed => ["The_error_ratio_keeps_its_objective", "The_healthy_run_keeps_its_error_budgets"];

    public override IReadOnlyList<string> MayBeRed =>
        ["The_numbers_agree_with_what_pgbench_said", "The_99th_percentile_of_latency_keeps_its_objective"];

    public override Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var work = Task.Run(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(settings.WarmupSeconds + (settings.BenchSeconds / 2.0)), stop.Token);
                var ended = await AdminSql.RunAsync(
                    lab,
                    Place.ReadWrite,
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'pgbench'",
                    stop.Token);
                progress.Say($"PLANTED: {ended} pgbench sessions ended");
            },
            stop.Token);
        return Task.FromResult(TakenBackBy(
            async () =>
            {
                await stop.CancelAsync();
                await work.ContinueWith(_ => { }, TaskScheduler.Default);
                stop.Dispose();
            },
            progress));
    }
}
