using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Histories;

/// <summary>What became of an operation, in the words of the field.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>The client never learned whether it happened: a time-out or a broken connection after the statement was sent.</summary>
    Indeterminate = 0,

    /// <summary>The server said yes.</summary>
    Acknowledged = 1,

    /// <summary>The server said no, or the statement was never sent: it certainly did not happen.</summary>
    Refused = 2,
}

/// <summary>One operation of one client: invoked, then acknowledged, refused or indeterminate.</summary>
/// <remarks>Times are milliseconds on the history's own monotonic clock, whose zero is <see cref="HistoryHeader.StartedUtc"/>.</remarks>
public sealed record Operation
{
    /// <summary>The unique id that is written; never used twice in one lab.</summary>
    public required long Id { get; init; }

    /// <summary>Which client, from 0.</summary>
    public required int Client { get; init; }

    /// <summary>When the schedule wanted it sent (open loop): latency counts from here. Milliseconds.</summary>
    public required double ScheduledMs { get; init; }

    /// <summary>When the statement was sent, milliseconds; equal to <see cref="EndedMs"/> when it never was.</summary>
    public required double SentMs { get; init; }

    /// <summary>When its outcome was known, milliseconds.</summary>
    public required double EndedMs { get; init; }

    /// <summary>What became of it.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>SQLSTATE or the exception's type where it was not acknowledged.</summary>
    public string? Error { get; init; }

    /// <summary>The server that acknowledged it, as <c>address/timeline</c>.</summary>
    public string? Server { get; init; }
}

/// <summary>The first line of a history file.</summary>
/// <param name="StartedUtc">The moment of zero milliseconds.</param>
/// <param name="Clients">How many clients wrote.</param>
/// <param name="RatePerSecond">Scheduled writes per second over all clients.</param>
/// <param name="DeadlineMs">How long a client waits before it calls a write indeterminate, milliseconds.</param>
public sealed record HistoryHeader(DateTimeOffset StartedUtc, int Clients, double RatePerSecond, double DeadlineMs);

/// <summary>One attempt of the two-primaries probe to write on one member directly.</summary>
public sealed record ProbeAttempt
{
    /// <summary>The member that was asked.</summary>
    public required string Member { get; init; }

    /// <summary>When it was asked, milliseconds on the history's clock.</summary>
    public required double SentMs { get; init; }

    /// <summary>When the answer was there, milliseconds.</summary>
    public required double EndedMs { get; init; }

    /// <summary>
    /// Whether the commit waited for the standbys that the cluster demands, as a client's does. The others ask only whether the member would
    /// act as a primary: their commits are local, and acknowledge nothing to anybody.
    /// </summary>
    public bool IsSynchronous { get; init; }

    /// <summary>Whether the member committed the write, that is acted as a primary.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The timeline on which it was accepted; 0 when it was not.</summary>
    public required int Timeline { get; init; }

    /// <summary>SQLSTATE or exception type when it was not accepted; 25006 is a standby's normal refusal.</summary>
    public string? Error { get; init; }
}
