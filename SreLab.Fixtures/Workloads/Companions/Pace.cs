using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Companions;

/// <summary>A fixed rate whose missed moments are gone: what was not done during an outage must not come as a burst after it.</summary>
/// <param name="clock">The experiment's clock.</param>
/// <param name="firstMs">The first moment, milliseconds.</param>
/// <param name="intervalMs">From one moment to the next, milliseconds.</param>
internal sealed class Pace(HistoryClock clock, double firstMs, double intervalMs)
{
    private double _nextMs = firstMs;

    /// <summary>Waits for the next moment that is still to come, or was missed by less than one interval.</summary>
    /// <returns>That moment; null when it was cancelled before.</returns>
    public async Task<double?> NextAsync(CancellationToken stop)
    {
        var missed = Math.Floor((clock.NowMs - _nextMs) / intervalMs);
        var dueMs = _nextMs + (Math.Max(0, missed) * intervalMs);
        _nextMs = dueMs + intervalMs;
        if (dueMs - clock.NowMs is > 0 and var pauseMs)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return stop.IsCancellationRequested ? null : dueMs;
    }
}
