namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>What the clients of the alert stage saw, over sliding windows: the source that burn-rate alerts are checked against.</summary>
/// <remarks>Counted where the operations end, not by Prometheus. Safe for many threads.</remarks>
internal sealed class ClientCounts
{
    private const int KeptSeconds = 3600;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly Queue<(long Slot, int Total, int Failed, int Slow)> _slots = new();
    private (long Slot, int Total, int Failed, int Slow) _open;

    /// <summary>Counts one ended operation.</summary>
    /// <param name="endedAt">When it ended, since the stage began.</param>
    /// <param name="isAcknowledged">Whether the database acknowledged it.</param>
    /// <param name="isSlow">Whether it took longer than the latency objective.</param>
    public void Add(TimeSpan endedAt, bool isAcknowledged, bool isSlow)
    {
        var slot = endedAt.Ticks / Slot.Ticks;
        lock (_lock)
        {
            if (slot > _open.Slot)
            {
                _slots.Enqueue(_open);
                _open = (slot, 0, 0, 0);
                while (_slots.Peek().Slot < slot - (KeptSeconds * TimeSpan.TicksPerSecond / Slot.Ticks))
                {
                    _slots.Dequeue();
                }
            }

            _open = (_open.Slot, _open.Total + 1, _open.Failed + (isAcknowledged ? 0 : 1), _open.Slow + (isSlow ? 1 : 0));
        }
    }

    /// <summary>Operations that ended within the last window before a moment.</summary>
    /// <param name="now">The moment, since the stage began.</param>
    /// <param name="window">Its length, an hour at most.</param>
    public (long Total, long Failed, long Slow) Over(TimeSpan now, TimeSpan window)
    {
        var first = (now - window).Ticks / Slot.Ticks;
        long total = 0, failed = 0, slow = 0;
        lock (_lock)
        {
            foreach (var slot in _slots.Append(_open).Where(s => s.Slot > first))
            {
                total += slot.Total;
                failed += slot.Failed;
                slow += slot.Slow;
            }
        }

        return (total, failed, slow);
    }
}
