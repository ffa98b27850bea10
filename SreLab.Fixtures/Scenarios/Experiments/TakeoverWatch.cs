using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>Follows beside a fault whether another member takes over, whether or not it is to.</summary>
internal sealed class TakeoverWatch : IAsyncDisposable
{
    private readonly FailoverWatch _watch;
    private readonly ExperimentLog _log;
    private readonly CancellationTokenSource _stop;
    private readonly Task<(Member Member, double AtMs)> _promotion;
    private Task<(string Leader, double AtMs)>? _leadership;

    public TakeoverWatch(FailoverWatch watch, ExperimentLog log, CancellationToken ct)
    {
        _watch = watch;
        _log = log;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _promotion = NoteAsync(watch.WaitForPromotionAsync(_stop.Token), p => $"{p.Name} left recovery");
    }

    /// <summary>From now on another leader is an effect of the fault.</summary>
    public void Begin() => _leadership = NoteAsync(_watch.WaitForLeaderAsync(_stop.Token), leader => $"{leader} holds the leader key");

    /// <summary>Waits for the takeover.</summary>
    /// <returns>The record with both moments.</returns>
    /// <exception cref="Lab.LabException">It did not come within its bound.</exception>
    public async Task<FaultRecord> RequireAsync(FaultRecord record)
    {
        await _leadership!.ConfigureAwait(false);
        await _promotion.ConfigureAwait(false);
        return Note(record);
    }

    /// <summary>Waits until it came, or the token is cancelled; that it did not come is no failure here.</summary>
    public Task WaitAsync(CancellationToken ct) => Task.WhenAll(_leadership!, _promotion).WaitAsync(ct).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>The record with what was seen so far.</summary>
    public FaultRecord Note(FaultRecord record) => record with
    {
        NewLeaderMs = _leadership is { IsCompletedSuccessfully: true } led ? led.Result.AtMs : null,
        PromotedMs = _promotion.IsCompletedSuccessfully ? _promotion.Result.AtMs : null,
        NewPrimary = _promotion.IsCompletedSuccessfully ? _promotion.Result.Member.Name : record.NewPrimary,
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_promotion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task?)_leadership ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<(T What, double AtMs)> NoteAsync<T>(Task<(T What, double AtMs)> watched, Func<T, string> tell)
    {
        var seen = await watched.ConfigureAwait(false);
        _log.Event(seen.AtMs, tell(seen.What));
        return seen;
    }
}
