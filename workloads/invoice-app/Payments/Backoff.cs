namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>How long to wait before trying again.</summary>
internal static class Backoff
{
    private const double FirstMilliseconds = 100;
    private const double LongestMilliseconds = 2000;
    private const int MostDoublings = 10;

    /// <summary>Doubles from 0.1 s with each failure up to 2 s; of that at least half, so that those who failed together do not come back together.</summary>
    /// <param name="failures">How often it failed, 1 or more.</param>
    /// <param name="spread">Place between half and all of it, 0 to 1.</param>
    public static TimeSpan After(int failures, double spread)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var full = Math.Min(LongestMilliseconds, FirstMilliseconds * Math.Pow(2, Math.Min(failures - 1, MostDoublings)));
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * Math.Clamp(spread, 0, 1))));
    }

    /// <summary>A place between 0 and 1 that differs from order to order and from attempt to attempt.</summary>
    /// <param name="order">The order.</param>
    public static double SpreadOf(PaymentOrder order) => new Random(order.Key.GetHashCode() ^ (order.Attempt * 397)).NextDouble();
}
