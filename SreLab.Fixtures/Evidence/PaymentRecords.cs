namespace SreLab.Fixtures.Evidence;

/// <summary>Many invoices paid while everything on the way was broken.</summary>
public sealed record PaymentsRecord
{
    /// <summary>Its start.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>From the order to pay until the run said that it is finished.</summary>
    public required double Seconds { get; init; }

    /// <summary>Invoices that were to be paid.</summary>
    public required int Asked { get; init; }

    /// <summary>What <c>GET /payment-runs/{id}</c> said in the end.</summary>
    public required PaymentRunRecord Run { get; init; }

    /// <summary>What was broken, in order.</summary>
    public required IReadOnlyList<PaymentFaultRecord> Faults { get; init; }

    /// <summary>504 answers that the provider's sidecar made up.</summary>
    public required double Injected504 { get; init; }

    /// <summary>Calls of the app that failed and had to be made again.</summary>
    public required double FailedAttempts { get; init; }

    /// <summary>Calls that the provider answered with what it had accepted before.</summary>
    public required double Replays { get; init; }

    /// <summary>The instance of the app that was not killed.</summary>
    public required SurvivorRecord Survivor { get; init; }

    /// <summary>Payments of the provider's ledger that belong to no invoice that is paid, over the whole lab and all runs; probes excepted.</summary>
    public required long StrayAcceptances { get; init; }

    /// <summary>Both ledgers for each invoice as each member holds them, relative to the run, by member; JSON lines.</summary>
    public required IReadOnlyDictionary<string, string> LedgerFiles { get; init; }

    /// <summary>What happened when, milliseconds since the start.</summary>
    public required IReadOnlyList<EventRecord> Events { get; init; }
}

/// <summary>A payment run as the app tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">running or finished.</param>
/// <param name="Invoices">Enqueued.</param>
/// <param name="Paid">Paid.</param>
/// <param name="Pending">Not yet.</param>
/// <param name="Rejected">Refused by the provider.</param>
/// <param name="PaidCents">Sum of the paid ones.</param>
public sealed record PaymentRunRecord(string Id, string State, long Invoices, long Paid, long Pending, long Rejected, long PaidCents);

/// <summary>One thing that was broken while payments ran.</summary>
/// <param name="Kind">kill-provider, kill-app or kill-postmaster.</param>
/// <param name="Target">To whom.</param>
/// <param name="Signalled">Program and pid.</param>
/// <param name="AtMs">Milliseconds since the start.</param>
/// <param name="PaidBefore">Invoices that were paid when it was done.</param>
/// <param name="Landed">Seen: another process answers, or another primary.</param>
public sealed record PaymentFaultRecord(string Kind, string Target, string Signalled, double AtMs, long PaidBefore, bool Landed);

/// <summary>The instance of the app that lived through the failover.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="StartedBefore"><c>process_start_time_seconds</c> before.</param>
/// <param name="StartedAfter">And after.</param>
/// <param name="AfterFailover">Its answer to <c>GET /invoices</c> after the failover, asked directly.</param>
/// <param name="SecondsToServe">From the kill of the postmaster until that answer was 200 again; null when it never was.</param>
public sealed record SurvivorRecord(string Instance, double StartedBefore, double StartedAfter, string AfterFailover, double? SecondsToServe);
