using System.Text;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Reporting;

/// <summary>A table in Markdown; cells are made safe, columns of numbers are right-aligned.</summary>
internal sealed partial class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; missing cells stay empty. A column whose heading ends in <c>&gt;</c> is right-aligned.</summary>
    internal MarkdownTable Row(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, columns.Select(c => c.TrimEnd('>')));
        Line(text, columns.Select(c => c.EndsWith('>') ? "---:" : "---"));
        foreach (var row in _rows)
        {
            Line(text, Enumerable.Range(0, columns.Length).Select(i => i < row.Length ? Cell(row[i]) : ""));
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Cell(string cell) =>
        TagStart().Replace(cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal), "&lt;").Trim();

    // "<= 15 s" stays readable in the source; only what a renderer would take for a tag is escaped.
    [GeneratedRegex("<(?=[A-Za-z/!?])")]
    private static partial Regex TagStart();
}
