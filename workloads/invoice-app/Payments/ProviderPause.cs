namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Slows all workers of this instance down while the provider answers nobody, so that a full queue is no storm of calls.</summary>
/// <param name="settings">How many workers there are.</param>
internal sealed class ProviderPause(PaymentSettings settings)
{
    private int _failures;

    /// <summary>How long a worker waits before its next call; zero while no more calls in a row failed than there are workers.</summary>
    /// <param name="spread">Place between half and all of it, 0 to 1.</param>
    public TimeSpan Length(double spread)
    {
        var beyond = Volatile.Read(ref _failures) - settings.Workers;
        return beyond < 1 ? TimeSpan.Zero : Backoff.After((beyond / settings.Workers) + 1, spread);
    }

    /// <summary>Notes what came of a call.</summary>
    /// <param name="outcome">What came of it.</param>
    public void Note(Outcome outcome)
    {
        if (outcome == Outcome.Failed)
        {
            Interlocked.Increment(ref _failures);
        }
        else
        {
            Volatile.Write(ref _failures, 0);
        }
    }
}
