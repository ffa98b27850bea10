using System.Diagnostics;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Disturbances;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>Carries out one disturbance, and follows every alert that it must raise.</summary>
/// <param name="disturbance">What is done.</param>
/// <param name="rules">The rules of the alerts that are to be proven, by name.</param>
/// <param name="receiver">Where notifications arrive.</param>
/// <param name="context">The lab and its clients.</param>
internal sealed class DisturbanceRun(
    Disturbance disturbance, IReadOnlyDictionary<string, AlertRule> rules, AlertReceiver receiver, DisturbanceContext context)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SayInterval = TimeSpan.FromSeconds(5);
    private readonly Stopwatch _sinceSaid = Stopwatch.StartNew();

    /// <summary>Cause, delivery, heal. The resolutions may come later, while other disturbances are on.</summary>
    /// <returns>One task for each alert, done when the alert was resolved or its time was up.</returns>
    public async Task<IReadOnlyList<Task<AlertChainRecord>>> RunAsync(CancellationToken ct)
    {
        var raised = disturbance.Raises.Where(r => rules.ContainsKey(r.Alert)).ToList();
        if (raised.Count == 0)
        {
            return [];
        }

        try
        {
            await WaitUntilCalmAsync(raised, ct);
        }
        catch (LabException e)
        {
            // What cannot be proven on a lab that is not calm leaves its reason; the other alerts can be.
            var reason = $"{disturbance.Name} was not caused: {e.Message.ReplaceLineEndings(" ")}";
            context.Progress.Say(reason);
            return [.. raised.Select(r => Task.FromResult(NotCaused(r, reason)))];
        }

        var chains = raised.Select(r => new AlertChain(r, rules[r.Alert], receiver, context)).ToList();
        try
        {
            await ProveAsync(chains, ct);
        }
        catch
        {
            foreach (var chain in chains)
            {
                await chain.DisposeAsync();
            }

            throw;
        }

        return [.. chains.Select(c => c.FinishAsync(ct))];
    }

    private async Task ProveAsync(List<AlertChain> chains, CancellationToken ct)
    {
        IDisposable? window = null;
        try
        {
            await CauseAsync(chains, ct);
            window = context.Windows.Open(disturbance.Name, disturbance.Target);
            await Task.WhenAll(chains.Where(c => !c.Expected.IsRaisedByHeal).Select(c => c.WaitUntilDeliveredAsync(ct)));
        }
        finally
        {
            await HealAsync(chains, ct);
            window?.Dispose();
        }

        await Task.WhenAll(chains.Where(c => c.Expected.IsRaisedByHeal).Select(c => c.WaitUntilDeliveredAsync(ct)));
    }

    private async Task CauseAsync(List<AlertChain> chains, CancellationToken ct)
    {
        var causedUtc = DateTimeOffset.UtcNow;
        try
        {
            var cause = await disturbance.CauseAsync(context, ct);
            context.Progress.Say($"{disturbance.Name}: {cause}");
            foreach (var chain in chains)
            {
                chain.Cause = cause;
                chain.CausedUtc = chain.Expected.IsRaisedByHeal ? null : causedUtc;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            chains.ForEach(c => c.Fail($"{disturbance.Name} could not be caused: {e.Message.ReplaceLineEndings(" ")}"));
            context.Progress.Say($"{disturbance.Name} could not be caused: {e.Message}");
        }
    }

    private async Task HealAsync(List<AlertChain> chains, CancellationToken ct)
    {
        foreach (var chain in chains.Where(c => c.Expected.IsRaisedByHeal))
        {
            chain.CausedUtc = DateTimeOffset.UtcNow;
        }

        // A cancelled run must not leave what it did.
        var still = ct.IsCancellationRequested ? CancellationToken.None : ct;
        try
        {
            await disturbance.HealAsync(context, still);
            context.Progress.Say($"{disturbance.Name} healed");
        }
        catch (Exception e) when (!still.IsCancellationRequested)
        {
            chains.ForEach(c => c.Fail($"{disturbance.Name} did not heal: {e.Message.ReplaceLineEndings(" ")}"));
            context.Progress.Say($"{disturbance.Name} did not heal: {e.Message}; undoing what it left");
            await LeftOvers.UndoAsync(context.Lab, context.Progress, still);
            await WholeAgain.WaitAsync(context.Lab, context.Progress, still);
        }

        foreach (var chain in chains)
        {
            chain.HealedUtc = DateTimeOffset.UtcNow;
        }
    }

    /// <summary>An alert, or a condition, that is still on from before would be taken for the one that is to be raised.</summary>
    private Task<string> WaitUntilCalmAsync(List<ExpectedAlert> raised, CancellationToken ct) => Wait.UntilAsync(
        Bounds.AlertResolved,
        $"{string.Join(", ", raised.Select(r => r.Alert))} to be off before {disturbance.Name}",
        async token =>
        {
            var active = await AlertSamples.ActiveAsync(context.Lab.Monitoring, null, token);
            var ours = active.Where(a => raised.Any(r => r.Alert == a["alertname"] && r.Concerns(a.Labels))).Select(a => AlertSamples.Describe(a.Labels)).ToArray();
            if (ours.Length > 0)
            {
                return NotYet(string.Join("; ", ours));
            }

            foreach (var expected in raised)
            {
                if (await expected.HoldsAsync(context, token))
                {
                    return NotYet($"no alert, but {expected.Condition}");
                }
            }

            return ("off", "");
        },
        PollInterval,
        ct);

    private AlertChainRecord NotCaused(ExpectedAlert expected, string reason) => new()
    {
        Alert = expected.Alert,
        Severity = rules[expected.Alert].Severity,
        Cause = "",
        Condition = expected.Condition,
        Labels = new Dictionary<string, string>(),
        ForSeconds = rules[expected.Alert].For.TotalSeconds,
        Problem = reason,
    };

    private (string? Value, string Seen) NotYet(string seen)
    {
        if (_sinceSaid.Elapsed >= SayInterval)
        {
            _sinceSaid.Restart();
            context.Progress.Say($"waiting before {disturbance.Name} until this is over, at most {Bounds.AlertResolved.Length.TotalSeconds:0} s: {seen}");
        }

        return (null, seen);
    }
}
