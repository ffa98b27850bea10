using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Comparisons;

/// <summary>The lab as it is shipped beside itself without monitoring and archiving: what being watched and safe costs a client (ADR 0030).</summary>
/// <remarks>pgbench's own script, so that figures can be read next to anybody's. One lab, so both sides have the same data, buffers and age.</remarks>
internal static class WeightComparison
{
    /// <summary>Compares the 99th percentile of an open loop well below capacity.</summary>
    public const string Latency = "weight-p99";

    /// <summary>Compares the throughput of a closed loop.</summary>
    public const string Throughput = "weight-tps";

    private const string Database = "weight";
    private const int Scale = 10;
    private const int Seconds = 40;
    private const string ArchiveCommand = "archive_command";
    private const string ArchiveTimeout = "archive_timeout";
    private const string Parameters = "postgresql.parameters.";

    // Below it what a client waits for is the server and not the queue before it.
    private const double ShareOfCapacity = 0.33;

    /// <summary>What is compared, by the name of the comparison.</summary>
    public static IReadOnlyList<string> Names { get; } = [Latency, Throughput];

    internal static async Task<Comparison> RunAsync(ILab lab, string name, LabSettings settings, int pairs, IProgressLog progress, CancellationToken ct)
    {
        if (lab is not LocalLab local)
        {
            throw new LabException("weight not measured: only on the embedded target monitoring can be switched off.\n  fix          TARGET=local");
        }

        var shipped = (await lab.GetDynamicSettingsAsync(ct)).Where(s => s.Key is Parameters + ArchiveCommand or Parameters + ArchiveTimeout).ToDictionary(s => s.Key, string? (s) => s.Value);
        var bare = new Dictionary<string, string?> { [Parameters + ArchiveCommand] = "/bin/true", [Parameters + ArchiveTimeout] = "0" };
        string[] monitoring = [ProgramNames.Prometheus, ProgramNames.Alertmanager, ProgramNames.NodeExporter, .. lab.Members.Select(ProgramNames.Exporter)];
        try
        {
            await InitializeAsync(lab, ct);
            int? rate = name == Latency ? (int)(await BareAsync(null) * ShareOfCapacity) : null;
            var (ours, peer) = await Comparison.InterleaveAsync(pairs, () => ShippedAsync(rate), () => BareAsync(rate));
            return name == Latency
                ? new Comparison(Invariant($"p99 of {rate} transactions/s with monitoring and archiving against without"), "ms", ours, peer, Goal: 1.5, LowerIsBetter: true)
                : new Comparison("TPS with monitoring and archiving against without", "TPS", ours, peer, Goal: 0.97, LowerIsBetter: false);
        }
        finally
        {
            await SwitchAsync(local, monitoring, shipped, isOn: true, CancellationToken.None);
            await AdminSql.RunAsync(lab, Place.ReadWrite, $"drop database if exists {Database} with (force)", CancellationToken.None);
        }

        async Task<double> ShippedAsync(int? rate)
        {
            await SwitchAsync(local, monitoring, shipped, isOn: true, ct);
            return await MeasureAsync("as shipped", rate);
        }

        async Task<double> BareAsync(int? rate)
        {
            await SwitchAsync(local, monitoring, bare, isOn: false, ct);
            return await MeasureAsync("without", rate);
        }

        async Task<double> MeasureAsync(string side, int? rate)
        {
            var (tps, p99) = await PassAsync(lab, settings.Clients, rate, ct);
            progress.Say(Invariant($"{side}: {tps:0} TPS, p99 {p99:0.0} ms"));
            return rate is null ? tps : p99;
        }
    }

    private static async Task InitializeAsync(ILab lab, CancellationToken ct)
    {
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"drop database if exists {Database} with (force)", ct);
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"create database {Database}", ct);
        await PgbenchAsync(lab, ["-i", "-q", "-s", Scale.ToString(CultureInfo.InvariantCulture)], Path.GetTempPath(), ct);
        await CaughtUpStandbys.WaitAsync(lab, ct);
    }

    /// <summary>Both on or both off; what runs already, or is set already, stays.</summary>
    private static async Task SwitchAsync(LocalLab lab, string[] monitoring, Dictionary<string, string?> archiving, bool isOn, CancellationToken ct)
    {
        await lab.ConfigureAsync(archiving, ct);
        if (isOn)
        {
            await Task.WhenAll(monitoring.Select(m => lab.Supervisor.StartAsync(m, ct)));
        }
        else
        {
            await lab.Supervisor.StopAllAsync(monitoring, ct);
        }

        var wanted = archiving[Parameters + ArchiveCommand];
        await Wait.UntilAsync(
            Bounds.ConditionCaused,
            "archiving to be " + (isOn ? "on" : "off"),
            async token => ((string?)await AdminSql.RunAsync(lab, Place.ReadWrite, $"select current_setting('{ArchiveCommand}')", token) == wanted ? "set" : null, "not set"),
            TimeSpan.FromMilliseconds(200),
            ct);

        // What the switch itself left to write, and the first scrape of everything, belong to neither side.
        await AdminSql.RunAsync(lab, Place.ReadWrite, "checkpoint", ct);
        await CaughtUpStandbys.WaitAsync(lab, ct);
    }

    private static async Task<(double Tps, double P99Ms)> PassAsync(ILab lab, int clients, int? rate, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("srelab-weight-").FullName;
        try
        {
            string[] scheduled = rate is { } perSecond ? [Invariant($"--rate={perSecond}")] : [];
            var threads = Math.Min(clients, Environment.ProcessorCount);
            await PgbenchAsync(
                lab, ["-n", "-c", Invariant($"{clients}"), "-j", Invariant($"{threads}"), "-T", Invariant($"{Seconds}"), "-l", "--log-prefix=" + PgbenchLogs.Prefix, .. scheduled], folder, ct);
            long[] micros = [.. PgbenchLogs.Read(PgbenchLogs.Find(folder), mayBeCutOff: false).Where(s => s.Outcome == SampleOutcome.Ok).Select(s => s.LatencyUs)];
            return (micros.Length / (double)Seconds, LatencyDistribution.Of(micros).P99);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PgbenchAsync(ILab lab, IReadOnlyList<string> arguments, string folder, CancellationToken ct)
    {
        var environment = new Dictionary<string, string>(lab.LibpqEnvironment(Place.ReadWrite, DatabaseUser.Admin)) { ["PGDATABASE"] = Database };
        var result = await lab.RunRecordedAsync("pgbench-weight", "pgbench", arguments, environment, folder, null, ct);
        if (result.ExitCode != 0)
        {
            throw new LabException($"pgbench failed with exit code {result.ExitCode}.\n{result.Error}");
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
