namespace SreLab.Fixtures.Diagnosis;

/// <summary>Something that is wrong, and what shows it.</summary>
/// <param name="Entry">Heading of the entry of TROUBLESHOOTING.md that says what to do.</param>
/// <param name="Where">Instance or file.</param>
/// <param name="What">One clause.</param>
/// <param name="Evidence">Lines that show it, the first of them: <c>file:line: text</c>, or what a command printed.</param>
/// <param name="Count">How many there are.</param>
/// <param name="First">When it was seen first; null when the lines do not say.</param>
/// <param name="Last">When it was seen last; null when the lines do not say.</param>
public sealed record Finding(string Entry, string Where, string What, IReadOnlyList<string> Evidence, int Count, DateTimeOffset? First, DateTimeOffset? Last)
{
    private const int MostLines = 3;

    /// <summary>A finding from the lines that show it.</summary>
    /// <param name="entry">Heading of its entry.</param>
    /// <param name="where">Instance or file.</param>
    /// <param name="what">One clause.</param>
    /// <param name="lines">At least one.</param>
    public static Finding From(string entry, string where, string what, IReadOnlyList<LogLine> lines) => new(
        entry, where, what, [.. lines.Take(MostLines).Select(l => l.ToString())], lines.Count, lines.Select(l => l.At).Min(), lines.Select(l => l.At).Max());
}
