using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Reporting;

/// <summary>In which windows of a run the times of a promise were taken.</summary>
internal static class TimedIn
{
    /// <summary>The passes of the benchmark that are timed.</summary>
    public static IReadOnlyList<TimedWindow> Bench(RunEvidence evidence) =>
    [
        .. new[] { BenchPasses.ClosedLoop, BenchPasses.OpenLoop }.Select(n => BenchPasses.Find(evidence.Bench, n)).OfType<BenchPassRecord>()
            .Select(p => new TimedWindow($"the {p.Name} pass", p.StartedUtc, p.StartedUtc.AddSeconds(p.Seconds))),
    ];

    /// <summary>Every repeat of a fault, from its injection until all members streamed again.</summary>
    /// <param name="kind">Which fault.</param>
    public static Func<RunEvidence, IReadOnlyList<TimedWindow>> Fault(string kind) => evidence =>
    [
        .. evidence.Faults.Where(f => f.Kind == kind).Select(Of),
    ];

    /// <summary>One fault, from its injection until all members streamed again.</summary>
    public static TimedWindow Of(FaultRecord fault) =>
        TimedWindow.On(FaultWindow.Of(fault).Fault, fault.StartedUtc, fault.InjectedMs, fault.HealedMs ?? fault.RecoveredMs ?? fault.SeenMs);

    /// <summary>Every chain of an alert, from its condition to its delivery.</summary>
    public static IReadOnlyList<TimedWindow> Alerts(RunEvidence evidence) =>
    [
        .. (evidence.Alerts?.Chains ?? []).Where(c => c is { ConditionUtc: not null, DeliveredUtc: not null })
            .Select(c => new TimedWindow(c.Alert, c.ConditionUtc!.Value, c.DeliveredUtc!.Value)),
    ];

    /// <summary>Every restore, from the command to the first accepted query.</summary>
    public static IReadOnlyList<TimedWindow> Restores(RunEvidence evidence) => evidence.Backups is not { } backups ? [] :
    [
        .. backups.Restores.Concat(backups.Loss is { } loss ? [loss.Restore] : []).Where(r => r.Seconds is not null)
            .Select(r => TimedWindow.On($"the restore {r.Name}", backups.StartedUtc, r.StartedMs, r.StartedMs + (r.Seconds!.Value * 1000))),
    ];

    /// <summary>The seconds before all members were lost, in which what they wrote was archived or was not.</summary>
    public static IReadOnlyList<TimedWindow> Loss(RunEvidence evidence) => evidence.Backups is not { Loss: { } loss } backups ? [] :
        [TimedWindow.On("the minute before the loss", backups.StartedUtc, Math.Max(0, loss.AtMs - 60_000), loss.AtMs)];

    /// <summary>The probes of the services without a defect.</summary>
    public static IReadOnlyList<TimedWindow> Services(RunEvidence evidence) =>
        evidence.Battery is { } battery ? [new TimedWindow("the probes of the services", battery.StartedUtc, battery.StartedUtc.AddSeconds(battery.Seconds))] : [];

    /// <summary>Payments through faults.</summary>
    public static IReadOnlyList<TimedWindow> Payments(RunEvidence evidence) =>
        evidence.Payments is { } payments ? [new TimedWindow("the payments", payments.StartedUtc, payments.StartedUtc.AddSeconds(payments.Seconds))] : [];

    /// <summary>A period in which no alert may fire.</summary>
    /// <param name="kind">Which.</param>
    public static Func<RunEvidence, IReadOnlyList<TimedWindow>> Quiet(string kind) => evidence =>
        [.. (evidence.Alerts?.Quiet ?? []).Where(q => q.Kind == kind).Select(q => new TimedWindow($"the {kind} period", q.StartedUtc, q.EndedUtc))];
}
