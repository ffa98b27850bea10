using System.Diagnostics;

namespace SreLab.Fixtures.Lab;

/// <summary>Bounded waiting with a name: no bound is a default, and a time-out says what was last seen.</summary>
public static class Wait
{
    // What an attempt may take that begins when the bound is about to pass.
    private static readonly TimeSpan LastAttempt = TimeSpan.FromSeconds(1);

    /// <summary>Polls until the condition answers, or throws a <see cref="LabException"/> that names the wait.</summary>
    /// <typeparam name="T">What the condition yields once it holds.</typeparam>
    /// <param name="bound">Name and length of the wait.</param>
    /// <param name="awaited">What is awaited, as it should read after "waiting for".</param>
    /// <param name="probe">One attempt: the value when it holds (else null), and what was seen. An exception counts as "not yet" and is shown as last seen. Its token ends it when the bound passes.</param>
    /// <param name="pollInterval">Pause between attempts.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="LabException">The bound passed.</exception>
    public static async Task<T> UntilAsync<T>(
        Bound bound,
        string awaited,
        Func<CancellationToken, Task<(T? Value, string Seen)>> probe,
        TimeSpan pollInterval,
        CancellationToken ct)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        var seen = "nothing yet";
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var left = bound.Length - clock.Elapsed;
            attempt.CancelAfter(left > LastAttempt ? left : LastAttempt);
            try
            {
                var (value, now) = await probe(attempt.Token).ConfigureAwait(false);
                if (value is not null)
                {
                    return value;
                }

                seen = now;
            }
            catch (OperationCanceledException) when (attempt.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                seen += "; the last attempt did not end";
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                seen = e is LabException ? e.Message : $"{e.GetType().Name}: {e.Message}";
            }

            if (clock.Elapsed >= bound.Length)
            {
                throw new LabException(
                    FormattableString.Invariant($"timed out after {bound.Length.TotalSeconds:0.#} s ({bound.Name}) waiting for {awaited}.\n") +
                    $"  last seen    {seen}");
            }

            await Task.Delay(pollInterval, ct).ConfigureAwait(false);
        }
    }
}

/// <summary>A named limit on a wait, so that a time-out can say which one passed.</summary>
/// <param name="Name">The event awaited, for example <c>NewPrimaryAfterFailover</c>; never a length.</param>
/// <param name="Length">How long it may take.</param>
public sealed record Bound(string Name, TimeSpan Length);
