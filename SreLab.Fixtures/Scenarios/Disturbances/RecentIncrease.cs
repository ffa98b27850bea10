namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>How much a counter rose within the last window, from what a probe read of it.</summary>
/// <param name="window">Its length.</param>
internal sealed class RecentIncrease(TimeSpan window)
{
    private readonly Queue<(TimeSpan At, double Value)> _readings = new();

    /// <summary>Notes a reading and says how much the counter rose since the oldest one in the window; a fall counts as a start at 0.</summary>
    /// <param name="at">When it was read; not before the one before.</param>
    /// <param name="value">The counter.</param>
    public double Add(TimeSpan at, double value)
    {
        _readings.Enqueue((at, value));
        while (_readings.Peek().At < at - window)
        {
            _readings.Dequeue();
        }

        return _readings.Zip(_readings.Skip(1), (before, after) => after.Value >= before.Value ? after.Value - before.Value : after.Value).Sum();
    }
}
