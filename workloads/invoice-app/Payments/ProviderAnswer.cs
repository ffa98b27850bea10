namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>What came of a call to the provider.</summary>
internal enum Outcome
{
    /// <summary>The provider accepted the payment now.</summary>
    Accepted,

    /// <summary>The provider had accepted it before.</summary>
    Replayed,

    /// <summary>The provider refuses it for good.</summary>
    Rejected,

    /// <summary>Nobody knows: it is to be asked again with the same key.</summary>
    Failed,
}

/// <summary>The provider's answer.</summary>
/// <param name="Outcome">What came of the call.</param>
/// <param name="Reference">The provider's reference; null unless accepted or replayed.</param>
/// <param name="Status">Status of the answer; null when there was none.</param>
/// <param name="Error">Why there was no usable answer.</param>
internal sealed record ProviderAnswer(Outcome Outcome, string? Reference, int? Status, Exception? Error)
{
    /// <summary>The outcome as logs and metrics name it.</summary>
    public string OutcomeName => NameOf(Outcome);

    /// <summary>An outcome as logs and metrics name it.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Accepted => "accepted",
        Outcome.Replayed => "replayed",
        Outcome.Rejected => "rejected",
        _ => "failed",
    };
}
