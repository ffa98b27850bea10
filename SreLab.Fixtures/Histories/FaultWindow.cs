using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Histories;

/// <summary>From injected to healed, on the history's clock: what a checker forgives inside may be broken outside.</summary>
/// <param name="Fault">How it reads in a verdict, for example <c>kill-member 2</c>.</param>
/// <param name="InjectedMs">Milliseconds.</param>
/// <param name="HealedMs">Milliseconds; null when it was never seen to heal, so that the window has no end.</param>
public sealed record FaultWindow(string Fault, double InjectedMs, double? HealedMs)
{
    /// <summary>The window of a recorded fault.</summary>
    public static FaultWindow Of(FaultRecord record) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{record.Kind} {record.Repeat}"), record.InjectedMs, record.HealedMs);

    /// <summary>Whether a moment lies inside, both ends included.</summary>
    public bool Contains(double atMs) => atMs >= InjectedMs && (HealedMs is not { } healed || atMs <= healed);
}

/// <summary>Some windows over one history: those of a soak, or the only one of an experiment.</summary>
internal static class FaultWindowsOfHistory
{
    /// <summary>Why nothing can be said of before and after; null when it can.</summary>
    public static string? Doubt(this IReadOnlyList<FaultWindow> faults) =>
        faults.Count == 0 ? "no fault was recorded"
        : faults.FirstOrDefault(f => f.HealedMs is null) is { } open ? $"{open.Fault} was never healed"
        : null;

    /// <summary>When the first one was injected, milliseconds.</summary>
    public static double FirstInjectedMs(this IReadOnlyList<FaultWindow> faults) => faults.Min(f => f.InjectedMs);

    /// <summary>When the last one was healed, milliseconds; never, when one was not.</summary>
    public static double LastHealedMs(this IReadOnlyList<FaultWindow> faults) => faults.Max(f => f.HealedMs ?? double.PositiveInfinity);
}
