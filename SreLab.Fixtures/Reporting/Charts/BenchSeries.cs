using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>One second of a pass.</summary>
/// <param name="Second">From the start of the counted part, 0-based.</param>
/// <param name="Tps">Successful transactions in it.</param>
/// <param name="P99Ms">99th percentile of their latency; null when there was none.</param>
internal sealed record BenchSecond(double Second, double Tps, double? P99Ms)
{
    /// <summary>Median of their latency; null when there was none, or the file has no such column.</summary>
    internal double? P50Ms { get; init; }

    /// <summary>95th percentile; null as above.</summary>
    internal double? P95Ms { get; init; }
}

/// <summary>Reads the per-second series of a pass.</summary>
internal static class BenchSeries
{
    /// <summary>Rows in order; empty when the file is absent.</summary>
    /// <exception cref="LabException">A column or a number is missing.</exception>
    internal static IReadOnlyList<BenchSecond> Read(RunStore store, BenchPassRecord pass)
    {
        var path = Path.Combine(store.Folder, pass.SeriesFile);
        if (!File.Exists(path))
        {
            return [];
        }

        var lines = File.ReadAllLines(path).Where(l => l.Length > 0).ToArray();
        var names = lines.Length == 0 ? [] : lines[0].Split(',');
        int[] columns = [Array.IndexOf(names, "second"), Array.IndexOf(names, "tps"), Array.IndexOf(names, "p99_ms")];
        if (columns.Contains(-1))
        {
            throw new LabException($"evidence unreadable: {pass.SeriesFile} needs the columns second, tps and p99_ms; it has: {string.Join(' ', names)}");
        }

        int[] others = [Array.IndexOf(names, "p50_ms"), Array.IndexOf(names, "p95_ms")];
        return [.. lines.Skip(1).Select((line, i) => Parse(pass, line.Split(','), columns, others, i + 2))];
    }

    private static BenchSecond Parse(BenchPassRecord pass, string[] cells, int[] columns, int[] others, int line)
    {
        var values = columns.Concat(others).Select(Number).ToArray();
        return double.IsNaN(values[0]) || double.IsNaN(values[1])
            ? throw new LabException(FormattableString.Invariant($"evidence unreadable: {pass.SeriesFile} line {line} is not a second with its TPS"))
            : new BenchSecond(values[0], values[1], Latency(2)) { P50Ms = Latency(3), P95Ms = Latency(4) };

        double Number(int column) =>
            column >= 0 && column < cells.Length && double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN;

        double? Latency(int index) => double.IsNaN(values[index]) || values[1] == 0 ? null : values[index];
    }
}
