namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>What the clients of a lab saw, over sliding windows: the source that burn-rate alerts are checked against.</summary>
/// <remarks>Looks at the clients' own counters, which Prometheus scrapes too, but many times a second. Safe for many threads.</remarks>
internal sealed class ClientCounts
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset At, ClientTotals Totals)> _looks = [];

    /// <summary>Adds a look at the counters.</summary>
    /// <param name="at">When; not before the last look.</param>
    /// <param name="totals">What they showed.</param>
    public void Note(DateTimeOffset at, ClientTotals totals)
    {
        lock (_lock)
        {
            _looks.Add((at, totals));
        }
    }

    /// <summary>What was counted within the last window before a moment.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="window">Its length; one that reaches back before the first look begins there.</param>
    public ClientTotals Over(DateTimeOffset now, TimeSpan window)
    {
        lock (_lock)
        {
            return _looks.Count == 0 ? default : LastUntil(now) - LastUntil(now - window);
        }
    }

    private ClientTotals LastUntil(DateTimeOffset moment)
    {
        var (low, high) = (0, _looks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _looks[middle].At <= moment ? (middle + 1, high) : (low, middle);
        }

        return _looks[Math.Max(0, low - 1)].Totals;
    }
}
