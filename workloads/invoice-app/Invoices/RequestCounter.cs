namespace SreLab.Workloads.InvoiceApp.Invoices;

/// <summary>Counts the requests to invoices; safe from any thread.</summary>
internal class RequestCounter
{
    private long _value;

    /// <summary>What was counted.</summary>
    public virtual long Value => Interlocked.Read(ref _value);

    /// <summary>Counts one.</summary>
    public virtual ValueTask CountAsync()
    {
        Interlocked.Increment(ref _value);
        return ValueTask.CompletedTask;
    }
}
