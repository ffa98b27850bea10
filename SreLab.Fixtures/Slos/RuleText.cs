using System.Text;

namespace SreLab.Fixtures.Slos;

/// <summary>Writes a file of Prometheus rules with one group, in the order in which they are to be evaluated.</summary>
internal sealed class RuleText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins the file.</summary>
    /// <param name="comments">Its first lines.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="interval">How often it is evaluated; null leaves it to Prometheus.</param>
    public RuleText(IEnumerable<string> comments, string group, string? interval)
    {
        foreach (var comment in comments)
        {
            _text.Append("# ").Append(comment).Append('\n');
        }

        _text.Append("groups:\n").Append($"  - name: {group}\n");
        if (interval is not null)
        {
            _text.Append($"    interval: {interval}\n");
        }

        _text.Append("    rules:\n");
    }

    /// <summary>A line of comment within the group.</summary>
    public void Comment(string line) => _text.Append("      # ").Append(line).Append('\n');

    /// <summary>A recorded series.</summary>
    public void Record(string name, IReadOnlyList<string> expression, params IReadOnlyList<(string Name, string Value)> labels)
    {
        _text.Append("      - record: ").Append(name).Append('\n');
        Expression(expression);
        Map("labels", labels);
    }

    /// <summary>An alert.</summary>
    public void Alert(
        string name, IReadOnlyList<string> expression, IReadOnlyList<(string Name, string Value)> labels, IReadOnlyList<(string Name, string Value)> annotations)
    {
        _text.Append("      - alert: ").Append(name).Append('\n');
        Expression(expression);
        _text.Append("        for: 0s\n");
        Map("labels", labels);
        Map("annotations", annotations);
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private void Expression(IReadOnlyList<string> lines)
    {
        if (lines.Count == 1)
        {
            _text.Append("        expr: ").Append(lines[0]).Append('\n');
            return;
        }

        _text.Append("        expr: |\n");
        foreach (var line in lines)
        {
            _text.Append("          ").Append(line).Append('\n');
        }
    }

    private void Map(string name, IReadOnlyList<(string Name, string Value)> entries)
    {
        if (entries.Count > 0)
        {
            _text.Append($"        {name}:\n");
        }

        foreach (var (key, value) in entries)
        {
            _text.Append($"          {key}: '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        }
    }
}
