using System.Text.Json;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Histories;

/// <summary>A history as it was read.</summary>
/// <typeparam name="TRow"><see cref="Operation"/> or <see cref="ProbeAttempt"/>.</typeparam>
/// <param name="Header">Its first line.</param>
/// <param name="Rows">Its rows, in file order.</param>
/// <param name="IsTorn">The last line is incomplete: its writer was killed, so at least one outcome is missing.</param>
public sealed record History<TRow>(HistoryHeader Header, IReadOnlyList<TRow> Rows, bool IsTorn)
    where TRow : class;

/// <summary>Reads what <see cref="HistoryWriter{TRow}"/> wrote.</summary>
public static class HistoryReader
{
    /// <summary>Reads a whole history.</summary>
    /// <typeparam name="TRow"><see cref="Operation"/> or <see cref="ProbeAttempt"/>.</typeparam>
    /// <param name="path">The file.</param>
    /// <exception cref="LabException">
    /// No such file, or a line other than an unterminated last one cannot be read. A torn last line is what a killed writer leaves;
    /// anything else means that the evidence was damaged or altered, and no verdict may rest on it.
    /// </exception>
    public static History<TRow> Read<TRow>(string path)
        where TRow : class
    {
        if (!File.Exists(path))
        {
            throw new LabException($"history missing: {path} does not exist, so nothing can be judged.\n  repeat       make failover");
        }

        var text = File.ReadAllText(path);
        var lines = text.Split('\n');
        var hasOpenLine = lines[^1].Length > 0;
        var whole = lines.Length - 1;
        if (whole == 0)
        {
            throw new LabException($"history unreadable: {path} has no complete header line.\n  repeat       make failover");
        }

        var header = Parse<HistoryHeader>(path, lines[0], 1);
        var rows = new List<TRow>(whole);
        for (var i = 1; i < whole; i++)
        {
            rows.Add(Parse<TRow>(path, lines[i], i + 1));
        }

        return new History<TRow>(header, rows, hasOpenLine);
    }

    private static T Parse<T>(string path, string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, HistoryFormat.Options) ?? throw new JsonException("the line is null");
        }
        catch (JsonException e)
        {
            throw new LabException(
                FormattableString.Invariant($"history corrupt: line {number} of {Path.GetFileName(path)} is not a {typeof(T).Name}.\n") +
                $"  file         {path}\n  error        {e.Message}\n  repeat       make failover",
                e);
        }
    }
}
