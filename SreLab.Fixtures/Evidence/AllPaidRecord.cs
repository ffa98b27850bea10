namespace SreLab.Fixtures.Evidence;

/// <summary>One order to pay everything that is unpaid, and what the API's lists and both ledgers said afterwards.</summary>
public sealed record AllPaidRecord
{
    /// <summary>Its start.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>From the order to pay until the run said that it is finished.</summary>
    public required double Seconds { get; init; }

    /// <summary>Invoices over more than nothing that were unpaid before and that nobody had been asked to pay.</summary>
    public required int Unpaid { get; init; }

    /// <summary>Their sum.</summary>
    public required long UnpaidCents { get; init; }

    /// <summary>What <c>GET /payment-runs/{id}</c> said in the end.</summary>
    public required PaymentRunRecord Run { get; init; }

    /// <summary>Lines of <c>GET /invoices?paid=true</c>, all pages.</summary>
    public required int ListedPaid { get; init; }

    /// <summary>How many of them came twice.</summary>
    public required int ListedTwice { get; init; }

    /// <summary>How many of them do not say that they are paid.</summary>
    public required int ListedPaidWithOtherStatus { get; init; }

    /// <summary>Invoices that were unpaid before and are not listed as paid.</summary>
    public required IReadOnlyList<long> NotListedPaid { get; init; }

    /// <summary>Those that <c>GET /invoices?paid=false</c> still lists.</summary>
    public required IReadOnlyList<long> StillListedUnpaid { get; init; }

    /// <summary>Why a list could not be read to its end; null when it could.</summary>
    public required string? ListError { get; init; }

    /// <summary>Rows of <c>shop.payments</c> for them.</summary>
    public required LedgerSum Noted { get; init; }

    /// <summary>Rows of the provider's ledger for them.</summary>
    public required LedgerSum Accepted { get; init; }
}

/// <summary>What a ledger holds.</summary>
/// <param name="Rows">Payments.</param>
/// <param name="Cents">Their sum.</param>
public sealed record LedgerSum(long Rows, long Cents);
