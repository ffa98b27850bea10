using System.Globalization;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Write outage with our timings beside Patroni's defaults, on the same cluster and with the same kill.</summary>
/// <remarks>With the defaults a dead postmaster is restarted in place; with ours a standby takes over. Both are outages to a client. Only faults whose outage the timings decide.</remarks>
internal static class OutageComparison
{
    /// <summary>Patroni's defaults; see its dynamic configuration settings.</summary>
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["ttl"] = "30",
        ["loop_wait"] = "10",
        ["retry_timeout"] = "10",
        ["primary_start_timeout"] = "300",
    };

    /// <summary>What is compared, by the name of the comparison: which fault, the goal of ours over the defaults', and how many pairs.</summary>
    internal static IReadOnlyDictionary<string, (string Kind, double Goal, int Pairs)> ByName { get; } = new Dictionary<string, (string, double, int)>(StringComparer.Ordinal)
    {
        ["postmaster"] = (FaultKinds.KillPostmaster, 0.5, 5),
        ["member"] = (FaultKinds.KillMember, 0.85, 2),
        [FaultKinds.HangPostgres] = (FaultKinds.HangPostgres, 0.85, 2),
        [FaultKinds.HangPatroni] = (FaultKinds.HangPatroni, 0.85, 2),
        [FaultKinds.FreezeMember] = (FaultKinds.FreezeMember, 0.85, 2),
        [FaultKinds.CutOneWay] = (FaultKinds.CutOneWay, 0.85, 2),
        [FaultKinds.IsolatePrimary] = (FaultKinds.IsolatePrimary, 0.85, 2),
    };

    internal static async Task<Comparison> RunAsync(
        ILab lab, string name, LabSettings settings, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        var (kind, goal, pairs) = ByName[name];
        var before = await lab.GetDynamicSettingsAsync(ct);
        var ours = Defaults.Keys.ToDictionary(k => k, k => before.GetValueOrDefault(k), StringComparer.Ordinal);
        var scene = new FaultScene { Lab = lab, Settings = settings, Store = store, Progress = progress, Hash = NoHashesAsync };
        var repeat = 0;
        try
        {
            var (a, b) = await Comparison.InterleaveAsync(
                pairs,
                () => MeasureAsync(ours, "ours", FaultCatalogue.Of(kind)),
                () => MeasureAsync(Defaults, "defaults", kind == FaultKinds.KillPostmaster ? FaultCatalogue.Of(kind) with { Takeover = Takeover.Forbidden } : FaultCatalogue.Of(kind)));
            return new Comparison($"write outage, {FaultCatalogue.Of(kind).Title}, against Patroni's default timings", "s", a, b, goal, LowerIsBetter: true) { Fault = kind };
        }
        finally
        {
            await lab.ConfigureAsync(ours, CancellationToken.None);
        }

        async Task<double> MeasureAsync(Dictionary<string, string?> timings, string side, FaultEntry entry)
        {
            await lab.ConfigureAsync(timings, ct);

            // The lease is renewed with its new length in the loop after the one that read it: the longer of both loops.
            await Task.Delay(TimeSpan.FromSeconds(12), ct);
            var record = await FaultExperiment.RunAsync(scene, entry, ++repeat, ct);
            if (WhyNotInForce(timings, record.LeaseLeftSeconds) is { } reason)
            {
                throw new LabException($"outage of {side} not measured: {reason}");
            }

            var outage = WriteOutage.Measure(FaultHistory.Load(store, record))
                ?? throw new LabException($"outage of {side} not measured: no write was acknowledged before the kill.");
            progress.Say($"{side}: {outage.Describe()}");
            return outage.Seconds;
        }
    }

    /// <summary>Says why a fault was not one under these timings; null when it was, as far as the lease tells.</summary>
    /// <param name="timings">What was set.</param>
    /// <param name="leaseLeftSeconds">What the fault found; null where it found none.</param>
    internal static string? WhyNotInForce(IReadOnlyDictionary<string, string?> timings, double? leaseLeftSeconds) =>
        double.TryParse(timings.GetValueOrDefault("ttl"), CultureInfo.InvariantCulture, out var ttl) && leaseLeftSeconds > ttl
            ? string.Create(CultureInfo.InvariantCulture, $"the lease had {leaseLeftSeconds:0.0} s left, and its ttl should have been {ttl:0} s")
            : null;

    private static Task<IReadOnlyDictionary<string, string>> NoHashesAsync(string connectionString, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());
}
