using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>How far the ledger is.</summary>
/// <param name="Acknowledged">Writes acknowledged so far.</param>
/// <param name="Refused">Writes refused so far.</param>
/// <param name="Indeterminate">Writes of which nothing is known so far.</param>
/// <param name="LastAcknowledgedSentMs">When the latest acknowledged write was sent, milliseconds on the history's clock; null before the first.</param>
/// <param name="LastError">The latest error by SQLSTATE or type; null before the first.</param>
public sealed record LedgerCounts(long Acknowledged, long Refused, long Indeterminate, double? LastAcknowledgedSentMs, string? LastError)
{
    /// <summary>The counts in one line.</summary>
    public string Describe() => FormattableString.Invariant($"{Acknowledged:N0} acknowledged, {Refused:N0} refused, {Indeterminate:N0} indeterminate");
}

/// <summary>Counts outcomes as they come, and the rate of the latest seconds.</summary>
internal sealed class LedgerTally(TimeSpan window)
{
    private readonly Lock _gate = new();
    private readonly Queue<double> _recentMs = new();
    private LedgerCounts _counts = new(0, 0, 0, null, null);

    public LedgerCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    public void Add(Operation operation)
    {
        lock (_gate)
        {
            _counts = operation.Outcome switch
            {
                Outcome.Acknowledged => _counts with
                {
                    Acknowledged = _counts.Acknowledged + 1,
                    LastAcknowledgedSentMs = Math.Max(operation.SentMs, _counts.LastAcknowledgedSentMs ?? 0),
                },
                Outcome.Refused => _counts with { Refused = _counts.Refused + 1, LastError = operation.Error },
                _ => _counts with { Indeterminate = _counts.Indeterminate + 1, LastError = operation.Error },
            };
            if (operation.Outcome == Outcome.Acknowledged)
            {
                _recentMs.Enqueue(operation.EndedMs);
            }

            Forget(operation.EndedMs);
        }
    }

    /// <summary>Acknowledged writes per second over the window that ends now.</summary>
    public double RatePerSecond(double nowMs)
    {
        lock (_gate)
        {
            Forget(nowMs);
            return _recentMs.Count / window.TotalSeconds;
        }
    }

    private void Forget(double nowMs)
    {
        while (_recentMs.TryPeek(out var at) && at < nowMs - window.TotalMilliseconds)
        {
            _recentMs.Dequeue();
        }
    }
}
