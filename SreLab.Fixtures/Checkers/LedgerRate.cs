using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>How busy the ledger was: a fault that hits an idle cluster proves nothing.</summary>
public static class LedgerRate
{
    /// <summary>Over how long the rate before a fault is taken.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Acknowledged writes per second over the <see cref="Window"/> that ends at a moment.</summary>
    /// <param name="operations">The history.</param>
    /// <param name="untilMs">End of the window, milliseconds on the history's clock; a fault's moment.</param>
    public static double Before(IEnumerable<Operation> operations, double untilMs) =>
        operations.Count(o => o.Outcome == Outcome.Acknowledged && o.EndedMs <= untilMs && o.EndedMs > untilMs - Window.TotalMilliseconds)
        / Window.TotalSeconds;
}
