using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Histories;

/// <summary>What became of a request, as its client saw it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HttpOutcome>))]
public enum HttpOutcome
{
    /// <summary>No connection, or one that broke before the answer was whole.</summary>
    Broken = 0,

    /// <summary>No whole answer before the deadline.</summary>
    TimedOut = 1,

    /// <summary>A whole answer with a status.</summary>
    Answered = 2,
}

/// <summary>One request of the open loop, sent once: nothing is tried again, so that a failure stays one.</summary>
/// <remarks>Times are milliseconds on the history's own monotonic clock, whose zero is <see cref="HistoryHeader.StartedUtc"/>.</remarks>
public sealed record HttpOperation
{
    /// <summary>When the schedule wanted it sent; latency counts from here.</summary>
    public required double ScheduledMs { get; init; }

    /// <summary>When it was handed to the connection.</summary>
    public required double SentMs { get; init; }

    /// <summary>When its outcome was known.</summary>
    public required double EndedMs { get; init; }

    /// <summary>GET, POST.</summary>
    public required string Method { get; init; }

    /// <summary>The route as the contract writes it, for example <c>/invoices/{id}</c>.</summary>
    public required string Route { get; init; }

    /// <summary>Path and query as they were sent.</summary>
    public required string Path { get; init; }

    /// <summary>The status that a sound service answers: 404 where the invoice does not exist.</summary>
    public required int ExpectedStatus { get; init; }

    /// <summary>What became of it.</summary>
    public required HttpOutcome Outcome { get; init; }

    /// <summary>The status; null without a whole answer.</summary>
    public int? Status { get; init; }

    /// <summary>Kind of the error where there was no whole answer: short, and free of secrets.</summary>
    public string? Error { get; init; }

    /// <summary>The correlation id that was sent.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Whether a connection was opened for it alone.</summary>
    public bool OnNewConnection { get; init; }

    /// <summary>Answered as a sound service answers.</summary>
    [JsonIgnore]
    public bool IsGood => Outcome == HttpOutcome.Answered && Status == ExpectedStatus;

    /// <summary>Milliseconds from the scheduled moment to the outcome.</summary>
    [JsonIgnore]
    public double LatencyMs => EndedMs - ScheduledMs;

    /// <summary>Why it is not good, for a count by kind: <c>status 504</c>, <c>timed out</c>, <c>broken: ConnectionReset</c>.</summary>
    public string Kind() => Outcome switch
    {
        HttpOutcome.Answered => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"status {Status}"),
        HttpOutcome.TimedOut => "timed out",
        _ => $"broken: {Error}",
    };
}
