using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Another program takes processors while the benchmark runs: its latency proves nothing, whatever it is.</summary>
internal sealed class BusyHost : Plant
{
    /// <summary>Longer than the passes of a self-check; a burner whose suite was killed ends by itself.</summary>
    private const int Seconds = 180;

    // Each burner is the child of a shell that has ended, so that it is nobody's: neither the suite's nor the lab's.
    private const string Burn = """for i in $(seq "$1"); do setsid timeout "$2" sh -c 'while :; do :; done' </dev/null >/dev/null 2>&1 & echo $!; done""";

    public override string Id => "busy-host";

    public override string Defect => "another program takes a processor while the benchmark runs";

    public override PlantPoint Point => PlantPoint.DuringBench;

    public override string SpecClass => "When_the_database_is_benchmarked";

    public override IReadOnlyList<string> MustBeRed => ["The_99th_percentile_of_latency_keeps_its_objective", "The_healthy_run_keeps_its_error_budgets"];

    public override string MustSay => " unknown: disturbed (";

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var count = (System.Environment.ProcessorCount + 1) / 2;
        var started = await ChildProcess.RunAsync(
            "/bin/sh", ["-c", Burn, "burn", Text(count), Text(Seconds)], environment: null, workingDirectory: null, onOutputLine: null, ct);
        var burners = started.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => ProcessStat.Read(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))?.Identity).OfType<ProcessIdentity>().ToList();
        return TakenBackBy(
            () =>
            {
                // Its timeout passes the signal on to what it runs.
                burners.ForEach(b => b.Signal(Signal.Terminate));
                return Task.CompletedTask;
            },
            progress);
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
