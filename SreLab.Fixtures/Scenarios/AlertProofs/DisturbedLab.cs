using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>Every disturbance that the alerts to be proven need, wave after wave; what is in one wave runs side by side.</summary>
internal static class DisturbedLab
{
    /// <summary>Between the starts of two disturbances of a wave: each takes the processors for a moment, in which the chain of another would be timed.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1.5);

    /// <summary>Carries them out.</summary>
    /// <param name="rules">The alerts to be proven.</param>
    /// <param name="objectives">What the clients are promised.</param>
    /// <param name="receiver">Where notifications arrive.</param>
    /// <param name="context">The lab and its clients.</param>
    /// <param name="ct">Cancels; what was done is taken back all the same.</param>
    public static async Task<AlertProof> RunAsync(
        IReadOnlyList<AlertRule> rules, Objectives objectives, AlertReceiver receiver, DisturbanceContext context, CancellationToken ct)
    {
        var byName = rules.ToDictionary(r => r.Name, StringComparer.Ordinal);
        var uncaused = new Dictionary<string, string>(StringComparer.Ordinal);
        var chains = new List<Task<AlertChainRecord>>();
        foreach (var wave in AllDisturbances.Waves(objectives))
        {
            var able = new List<Disturbance>();
            foreach (var disturbance in wave.Select(make => make()))
            {
                if (disturbance.WhyNot(context) is not { } reason)
                {
                    able.Add(disturbance);
                    continue;
                }

                foreach (var raised in disturbance.Raises.Where(r => byName.ContainsKey(r.Alert)))
                {
                    uncaused[raised.Alert] = reason;
                }
            }

            var runs = await Task.WhenAll(able.Select((d, place) => RunAsync(new DisturbanceRun(d, byName, receiver, context), place, ct)));
            chains.AddRange(runs.SelectMany(r => r));
        }

        var records = await Task.WhenAll(chains);
        foreach (var rule in rules.Where(r => records.All(c => c.Alert != r.Name)))
        {
            uncaused.TryAdd(rule.Name, "no disturbance causes it");
        }

        return new AlertProof(
            [.. records.OrderBy(c => c.ConditionUtc ?? DateTimeOffset.MaxValue)],
            [.. uncaused.Select(u => new UncausedRecord(u.Key, u.Value)).OrderBy(u => u.Alert, StringComparer.Ordinal)]);
    }

    private static async Task<IReadOnlyList<Task<AlertChainRecord>>> RunAsync(DisturbanceRun run, int place, CancellationToken ct)
    {
        await Task.Delay(place * Apart, ct);
        return await run.RunAsync(ct);
    }
}

/// <summary>What became of the alerts.</summary>
/// <param name="Chains">One for each that was caused.</param>
/// <param name="Uncaused">The others, with the reason.</param>
internal sealed record AlertProof(IReadOnlyList<AlertChainRecord> Chains, IReadOnlyList<UncausedRecord> Uncaused);
