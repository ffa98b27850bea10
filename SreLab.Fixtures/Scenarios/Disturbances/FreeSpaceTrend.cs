namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Where the free space of a volume is going: the least-squares line through what was seen lately.</summary>
/// <param name="window">How far back it looks.</param>
internal sealed class FreeSpaceTrend(TimeSpan window)
{
    private readonly Queue<(double Seconds, double Free)> _seen = new();

    /// <summary>Notes what is free.</summary>
    /// <param name="at">When; not before the one before.</param>
    /// <param name="free">Bytes.</param>
    public void Add(TimeSpan at, double free)
    {
        _seen.Enqueue((at.TotalSeconds, free));
        while (_seen.Peek().Seconds < (at - window).TotalSeconds)
        {
            _seen.Dequeue();
        }
    }

    /// <summary>The most that was free in the window, bytes; 0 before the first look.</summary>
    public double Most => _seen.Select(s => s.Free).DefaultIfEmpty().Max();

    /// <summary>Bytes that are free after some time, when it goes on as in the window; below 0 it is full before that. Null before two looks.</summary>
    /// <param name="ahead">From the last look.</param>
    public double? Predict(TimeSpan ahead)
    {
        if (_seen.Count < 2)
        {
            return null;
        }

        // Counted from the last look, so that the line's value there is its intercept.
        var last = _seen.Last().Seconds;
        var x = _seen.Average(s => s.Seconds - last);
        var y = _seen.Average(s => s.Free);
        var spread = _seen.Sum(s => Math.Pow(s.Seconds - last - x, 2));
        var slope = spread > 0 ? _seen.Sum(s => (s.Seconds - last - x) * (s.Free - y)) / spread : 0;
        return y + (slope * (ahead.TotalSeconds - x));
    }
}
