namespace SreLab.Fixtures.Evidence;

/// <summary>What Prometheus recorded over a run, taken before the lab ends, so that charts need no Prometheus.</summary>
/// <param name="FromUtc">Start.</param>
/// <param name="ToUtc">End.</param>
/// <param name="StepSeconds">Seconds between two points.</param>
/// <param name="Series">The series.</param>
public sealed record SeriesRecord(DateTimeOffset FromUtc, DateTimeOffset ToUtc, double StepSeconds, IReadOnlyList<RecordedSeries> Series);

/// <summary>One series.</summary>
/// <param name="Name">What it is to the report: <c>replication-lag-seconds</c>, <c>is-primary</c>, <c>alert</c>.</param>
/// <param name="Labels">member, alertname, alertstate and so on.</param>
/// <param name="Points">Unix seconds and value; a gap is a missing point.</param>
public sealed record RecordedSeries(string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<IReadOnlyList<double>> Points);
