namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>From start over draining to closing; a state that was left never comes back.</summary>
public sealed class ServiceLifecycle : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _minimumUptime;
    private readonly long _began;
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Begins now.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="minimumUptime">Starting lasts at least so long.</param>
    public ServiceLifecycle(TimeProvider time, TimeSpan minimumUptime)
    {
        _time = time;
        _minimumUptime = minimumUptime;
        _began = time.GetTimestamp();
        Started = time.GetUtcNow();
    }

    /// <summary>When the service started.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>How long it has been running.</summary>
    public TimeSpan Uptime => _time.GetElapsedTime(_began);

    /// <summary>It is too young to be ready.</summary>
    public bool IsStarting => Uptime < _minimumUptime;

    /// <summary>It was asked to end: it still serves, and wants no new work.</summary>
    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Cancelled when connections are about to be refused: what waits for nothing but time ends now.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Begins to drain.</summary>
    public void Drain() => _draining.Cancel();

    /// <summary>Ends draining.</summary>
    public void Close()
    {
        Drain();
        _closing.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _draining.Dispose();
        _closing.Dispose();
    }
}
