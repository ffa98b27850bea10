using System.Text.Json;

namespace SreLab.Fixtures.Histories;

/// <summary>A stretch of time in which something was timed.</summary>
/// <param name="Name">What, for people.</param>
/// <param name="FromUtc">Its start.</param>
/// <param name="ToUtc">Its end.</param>
public sealed record TimedWindow(string Name, DateTimeOffset FromUtc, DateTimeOffset ToUtc)
{
    /// <summary>A window on the clock of a record.</summary>
    /// <param name="name">What, for people.</param>
    /// <param name="zeroUtc">The record's zero.</param>
    /// <param name="fromMs">Milliseconds after it.</param>
    /// <param name="toMs">Milliseconds after it.</param>
    public static TimedWindow On(string name, DateTimeOffset zeroUtc, double fromMs, double toMs) =>
        new(name, zeroUtc.AddMilliseconds(fromMs), zeroUtc.AddMilliseconds(toMs));
}

/// <summary>What the machine did in one window. Shares are of all its processors, 0 to 1.</summary>
/// <param name="Window">Which.</param>
/// <param name="Watched">Share of the window that was watched.</param>
/// <param name="Taken">Taken by other programs and by the host of a virtual machine, on average.</param>
/// <param name="WorstTaken">The same over the worst <see cref="HostHistory.Burst"/> of the window.</param>
/// <param name="Steal">The host's part of <paramref name="Taken"/>.</param>
/// <param name="Most">Which program took most, over the whole window; empty when none did.</param>
/// <param name="CpuPressure">Time in which something waited for a processor; null where the kernel does not tell.</param>
/// <param name="IoPressure">Time in which something waited for a disk.</param>
public sealed record HostWindow(TimedWindow Window, double Watched, double Taken, double WorstTaken, double Steal, string Most, double? CpuPressure, double? IoPressure);

/// <summary>What the machine under the suite did, second by second.</summary>
/// <param name="Samples">In order of time.</param>
public sealed record HostHistory(IReadOnlyList<HostSample> Samples)
{
    /// <summary>How long a burst of others' work must last to count as one.</summary>
    public static TimeSpan Burst { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads a history; a line that a killed writer left half is passed over.</summary>
    /// <param name="path">The file; one that is not there holds nothing.</param>
    public static HostHistory Load(string path) => new(!File.Exists(path)
        ? []
        : [.. File.ReadLines(path).Select(Parse).OfType<HostSample>().OrderBy(s => s.FromUnixMs)]);

    /// <summary>What the machine did in a window; around one that is shorter than <see cref="Burst"/>, in as long a time, because a second alone is counted too roughly.</summary>
    public HostWindow Over(TimedWindow window)
    {
        var (from, to) = (window.FromUtc.ToUnixTimeMilliseconds(), window.ToUtc.ToUnixTimeMilliseconds());
        var lacking = (long)Math.Max(0, Burst.TotalMilliseconds - (to - from));
        (from, to) = (from - (lacking / 2), to + (lacking / 2));
        var samples = Samples.Where(s => s.ToUnixMs > from && s.FromUnixMs < to).ToList();
        var watched = samples.Sum(s => Weight(s, from, to));
        var most = samples.Where(s => s.Most.Length > 0).GroupBy(s => s.Most).Select(g => (Name: g.Key, Share: g.Sum(s => s.MostShare * Weight(s, from, to))))
            .OrderByDescending(m => m.Share).FirstOrDefault();
        return new HostWindow(
            window,
            watched / Math.Max(1, to - from),
            Mean(samples, s => s.Taken, from, to) ?? 0,
            Worst(samples, from, to),
            Mean(samples, s => s.Steal, from, to) ?? 0,
            most.Name ?? "",
            Mean(samples, s => s.CpuPressure, from, to),
            Mean(samples, s => s.IoPressure, from, to));
    }

    private static double Worst(List<HostSample> samples, long from, long to)
    {
        var worst = 0.0;
        for (var (first, last) = (0, 0); last < samples.Count; last++)
        {
            while (samples[last].ToUnixMs - samples[first].ToUnixMs >= Burst.TotalMilliseconds)
            {
                first++;
            }

            if (Mean(samples[first..(last + 1)], s => s.Taken, from, to) is { } mean
                && samples[last].ToUnixMs - samples[first].FromUnixMs >= Burst.TotalMilliseconds * 0.8)
            {
                worst = Math.Max(worst, mean);
            }
        }

        return worst;
    }

    private static double? Mean(List<HostSample> samples, Func<HostSample, double?> value, long from, long to)
    {
        var known = samples.Where(s => value(s) is not null).Select(s => (Value: value(s)!.Value, Weight: Weight(s, from, to))).ToList();
        var weight = known.Sum(k => k.Weight);
        return weight > 0 ? known.Sum(k => k.Value * k.Weight) / weight : null;
    }

    private static double Weight(HostSample sample, long from, long to) => Math.Max(0, Math.Min(sample.ToUnixMs, to) - Math.Max(sample.FromUnixMs, from));

    private static HostSample? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<HostSample>(line, HistoryFormat.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
