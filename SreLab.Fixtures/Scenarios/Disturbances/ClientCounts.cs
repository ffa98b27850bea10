namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>What the clients of the alert stage saw, over sliding windows: the source that burn-rate alerts are checked against.</summary>
/// <remarks>Counted where the operations end, not by Prometheus. Safe for many threads; a question costs a binary search.</remarks>
internal sealed class ClientCounts
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();

    /// <summary>One for each slot in which an operation ended: the sums up to its end.</summary>
    private readonly List<(long Slot, long Total, long Failed, long Slow)> _sums = [];

    /// <summary>Counts one ended operation.</summary>
    /// <param name="endedAt">When it ended, since the stage began.</param>
    /// <param name="isAcknowledged">Whether the database acknowledged it.</param>
    /// <param name="isSlow">Whether it took longer than the latency objective.</param>
    public void Add(TimeSpan endedAt, bool isAcknowledged, bool isSlow)
    {
        var slot = endedAt.Ticks / Slot.Ticks;
        lock (_lock)
        {
            var last = _sums.Count > 0 ? _sums[^1] : (Slot: long.MinValue, Total: 0, Failed: 0, Slow: 0);
            var sum = (Math.Max(slot, last.Slot), last.Total + 1, last.Failed + (isAcknowledged ? 0 : 1), last.Slow + (isSlow ? 1 : 0));
            if (slot > last.Slot)
            {
                _sums.Add(sum);
            }
            else
            {
                // Of two clients the one that ended first may come second; a slot is as exact as this gets.
                _sums[^1] = sum;
            }
        }
    }

    /// <summary>Operations that ended within the last window before a moment.</summary>
    /// <param name="now">The moment, since the stage began; not long ago.</param>
    /// <param name="window">Its length.</param>
    public (long Total, long Failed, long Slow) Over(TimeSpan now, TimeSpan window)
    {
        var first = (now - window).Ticks / Slot.Ticks;
        lock (_lock)
        {
            if (_sums.Count == 0)
            {
                return default;
            }

            var before = SumUntil(first);
            var all = _sums[^1];
            return (all.Total - before.Total, all.Failed - before.Failed, all.Slow - before.Slow);
        }
    }

    private (long Slot, long Total, long Failed, long Slow) SumUntil(long slot)
    {
        var (low, high) = (0, _sums.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _sums[middle].Slot <= slot ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? _sums[low - 1] : default;
    }
}
