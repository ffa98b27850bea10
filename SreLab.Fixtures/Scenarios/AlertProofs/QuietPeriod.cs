using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>A period without a fault, in which nothing may fire.</summary>
internal static class QuietPeriod
{
    /// <summary>No client at all: an idle primary pages with many a rule.</summary>
    public const string Idle = QuietLab.Idle;

    /// <summary>Clients at a steady rate.</summary>
    public const string Loaded = QuietLab.Loaded;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets the period pass and notes what fired in it.</summary>
    /// <param name="kind"><see cref="Idle"/> or <see cref="Loaded"/>.</param>
    /// <param name="lab">The healthy lab.</param>
    /// <param name="receiver">Where notifications arrive.</param>
    /// <param name="clients">What the clients saw.</param>
    /// <param name="lookBack">How far back an alert of a budget looks: what the clients saw before the period can raise it within.</param>
    /// <param name="passAsync">What goes on meanwhile; returns acknowledged operations.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task<QuietRecord> RunAsync(
        string kind, ILab lab, AlertReceiver receiver, ClientCounts clients, TimeSpan lookBack, Func<CancellationToken, Task<long>> passAsync, CancellationToken ct)
    {
        var started = DateTimeOffset.UtcNow;
        var operations = await passAsync(ct);
        var ended = DateTimeOffset.UtcNow;
        ClientTotals[] seen = [clients.Over(ended, ended - started), clients.Over(ended, lookBack)];
        var rules = await lab.Monitoring.GetRulesAsync(ct);
        return new QuietRecord
        {
            Kind = kind,
            StartedUtc = started,
            EndedUtc = ended,
            Operations = operations,
            HealthyRules = rules.Count(r => r is { IsAlert: true, Health: "ok" }),
            Fired = await AlertSamples.FiredAsync(lab.Monitoring, started, ended, ct),
            Delivered = [.. receiver.Received.Where(n => n.Status == "firing" && n.ReceivedUtc >= started && n.ReceivedUtc <= ended).Select(n => $"{n.Status} {AlertSamples.Describe(n.Labels)}")],
            FailedRatio = Worst(seen.Where(s => s.Operations > 0).Select(s => (double)s.Bad / s.Operations)),
            SlowRatio = Worst(seen.Where(s => s.Timed > 0).Select(s => (double)s.Slow / s.Timed)),
        };
    }

    private static double? Worst(IEnumerable<double> ratios) => ratios.Select(r => (double?)r).Max();

    /// <summary>Waits until nothing fires any more of what an earlier stage broke; the slowest burn-rate alert looks back over minutes.</summary>
    /// <remarks>What goes on firing on a lab that nobody disturbs is not an error of the experiment: the quiet period will show it.</remarks>
    public static async Task WaitUntilCalmAsync(ILab lab, IProgressLog progress, CancellationToken ct)
    {
        try
        {
            await UntilOffAsync(lab, progress, ct);
        }
        catch (LabException e)
        {
            progress.Say(e.Message);
        }
    }

    private static Task<string> UntilOffAsync(ILab lab, IProgressLog progress, CancellationToken ct)
    {
        var said = "";
        return Wait.UntilAsync(
            Bounds.AlertResolved,
            "every alert of earlier stages to be off",
            async token =>
            {
                var active = await AlertSamples.ActiveAsync(lab.Monitoring, null, token);
                var names = string.Join("; ", active.Select(a => AlertSamples.Describe(a.Labels)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
                if (names.Length > 0 && names != said)
                {
                    said = names;
                    progress.Say($"waiting until these are off: {names}");
                }

                return (names.Length == 0 ? "off" : null, names);
            },
            PollInterval,
            ct);
    }
}
