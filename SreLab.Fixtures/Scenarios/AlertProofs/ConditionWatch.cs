using SreLab.Fixtures.Scenarios.Disturbances;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>Asks the source of a condition, many times a second, since when it holds and since when it does not.</summary>
internal sealed class ConditionWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private DateTimeOffset _lastFalse;

    /// <summary>Starts to ask.</summary>
    public ConditionWatch(ExpectedAlert expected, DisturbanceContext context)
    {
        _lastFalse = DateTimeOffset.UtcNow;
        _loop = Task.Run(() => AskAsync(expected, context, _stop.Token));
    }

    /// <summary>The last moment before the condition held at which it did not; null while it has not held.</summary>
    public DateTimeOffset? BeganUtc { get; private set; }

    /// <summary>The first moment after it held at which it did not any more; null while it holds.</summary>
    public DateTimeOffset? GoneUtc { get; private set; }

    /// <summary>The answer could be had at least once; a source that never answers proves nothing.</summary>
    public bool WasAnswered { get; private set; }

    /// <summary>Why the last question had no answer; null when it had one.</summary>
    public string? LastError { get; private set; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task AskAsync(ExpectedAlert expected, DisturbanceContext context, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // Taken before the question: what the answer took counts against us.
            var asked = DateTimeOffset.UtcNow;
            try
            {
                Note(await expected.HoldsAsync(context, ct), asked);
                WasAnswered = true;
                LastError = null;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // No answer is no change: a server that is down cannot be asked how far it is behind.
                LastError = $"{e.GetType().Name}: {e.Message.Split('\n')[0]}";
            }

            await Task.Delay(Interval, CancellationToken.None);
        }
    }

    private void Note(bool holds, DateTimeOffset asked)
    {
        if (holds)
        {
            BeganUtc ??= _lastFalse;
            GoneUtc = null;
        }
        else if (BeganUtc is null)
        {
            _lastFalse = asked;
        }
        else
        {
            GoneUtc ??= asked;
        }
    }
}
