using System.Text.Json;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Moments at which something began, on the clock of the transaction logs.</summary>
/// <param name="What">In words.</param>
/// <param name="AtSeconds">When, seconds since the Unix epoch, in order.</param>
/// <param name="SeenLate">How long after it happened it may be seen.</param>
internal sealed record StallEvents(string What, IReadOnlyList<double> AtSeconds, double SeenLate)
{
    // A counter is seen to have changed at the next sample; a statement's start is told by the server to the millisecond.
    private const double SampleSeconds = 0.3;
    private const double ClockSeconds = 0.02;

    /// <summary>What a file of samples shows.</summary>
    public static IReadOnlyList<StallEvents> Read(string samplesFile) =>
        File.Exists(samplesFile) ? Of([.. File.ReadLines(samplesFile).Select(Line).OfType<SampleLine>()]) : [];

    /// <summary>What samples show: every change of a counter, and every start of a statement that was not the benchmark's.</summary>
    public static IReadOnlyList<StallEvents> Of(IReadOnlyList<SampleLine> lines)
    {
        var seen = lines.Where(l => l.Seen is not null).Select(l => (At: l.UnixMs / 1000.0, Sample: l.Seen!)).ToList();
        List<StallEvents> events =
        [
            Changes("the end of a WAL segment", s => s.Segment),
            Changes("a segment that was archived", s => s.Archived),
            Changes("the end of a checkpoint", s => s.Checkpoint),
            .. seen.SelectMany(s => s.Sample.Others.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new StallEvents(
                $"statements of {name}",
                [.. seen.Select(s => s.Sample.Others.GetValueOrDefault(name)).Where(at => at > 0).Distinct().Order().Select(at => at / 1000.0)],
                ClockSeconds)),
        ];
        return [.. events.Where(e => e.AtSeconds.Count > 0)];

        StallEvents Changes(string what, Func<ServerSample, long> counter) => new(
            what,
            [.. seen.Zip(seen.Skip(1)).Where(pair => counter(pair.First.Sample) != counter(pair.Second.Sample)).Select(pair => pair.Second.At)],
            SampleSeconds);
    }

    private static SampleLine? Line(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SampleLine>(text, BenchObserver.OneLine);
        }
        catch (JsonException)
        {
            // A pass that was killed may leave half a line.
            return null;
        }
    }
}
