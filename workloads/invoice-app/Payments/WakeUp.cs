namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Ends the rest of whoever looks for work, because there is some.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _calls = new(0, 1);

    /// <summary>There is work. Calls that come before anybody rests count as one.</summary>
    public void Call()
    {
        try
        {
            _calls.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody called already.
        }
    }

    /// <summary>Rests until it is called, at most so long.</summary>
    /// <param name="most">The longest rest.</param>
    /// <param name="ct">Cancels it.</param>
    public Task RestAsync(TimeSpan most, CancellationToken ct) => _calls.WaitAsync(most, ct);

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();
}
