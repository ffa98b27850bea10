namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Work that goes on beside the probes until it is stopped.</summary>
internal sealed class Background : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private Background(Func<CancellationToken, Task> work) => _work = Task.Run(() => work(_stop.Token));

    /// <summary>Starts it.</summary>
    public static Background Start(Func<CancellationToken, Task> work) => new(work);

    /// <summary>Stops it and waits for its end; how it ended is not told, because its effect is probed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
