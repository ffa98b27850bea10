using System.Globalization;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Alerts;

/// <summary>What a token of PromQL is, as far as names of metrics go.</summary>
internal enum PromQlKind
{
    /// <summary>An operator or a comma.</summary>
    Symbol = 0,

    /// <summary>A metric, a function, a keyword or a label: its neighbours decide.</summary>
    Word = 1,

    /// <summary>A metric that a selector names by <c>__name__</c> or in quotes.</summary>
    Metric = 2,

    /// <summary><c>0 *</c>: what follows lends its labels, not its values.</summary>
    Nothing = 3,
}

/// <summary>A token of PromQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; a metric's name without quotes.</param>
internal readonly record struct PromQlToken(PromQlKind Kind, string Text);

/// <summary>Cuts PromQL into words and symbols; numbers, strings, ranges, comments, labels and Grafana's variables name no metric and are left out.</summary>
internal static partial class PromQlTokens
{
    /// <summary>The tokens of an expression, in order.</summary>
    /// <exception cref="FormatException">A string, a selector or a range does not end, or a selector names metrics by a pattern.</exception>
    public static List<PromQlToken> Of(string expression)
    {
        var tokens = new List<PromQlToken>();
        for (var at = 0; at < expression.Length;)
        {
            var match = Token().Match(expression, at);
            if (!match.Success)
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"no PromQL at character {at + 1}: {expression[at..Math.Min(expression.Length, at + 40)]}"));
            }

            at += match.Length;
            if (match.Groups["word"].Success)
            {
                tokens.Add(new PromQlToken(PromQlKind.Word, match.Value));
            }
            else if (match.Groups["selector"].Success)
            {
                tokens.AddRange(Named(match.Value).Select(name => new PromQlToken(PromQlKind.Metric, name)));
            }
            else if (match.Groups["nothing"].Success)
            {
                tokens.Add(new PromQlToken(PromQlKind.Nothing, "0 *"));
            }
            else if (match.Groups["symbol"].Success)
            {
                tokens.Add(new PromQlToken(PromQlKind.Symbol, match.Value));
            }
        }

        return tokens;
    }

    /// <summary>Metrics that the braces of a selector name.</summary>
    private static IEnumerable<string> Named(string selector)
    {
        foreach (Match matcher in Matcher().Matches(selector))
        {
            var text = matcher.Groups["text"].Value[1..^1];
            if (!matcher.Groups["label"].Success)
            {
                yield return text;
            }
            else if (matcher.Groups["label"].Value == "__name__")
            {
                yield return matcher.Groups["operator"].Value == "="
                    ? text
                    : throw new FormatException($"{selector} names metrics by a pattern; nobody can say whether all of them are there");
            }
        }
    }

    private const string Text = """(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)""";

    [GeneratedRegex(
        @"\G(?:\s+|\#[^\n]*"
        + "|" + Text
        + @"|\$\{[^}]*\}|\$\w+"
        + @"|(?<nothing>0\s*\*)"
        + @"|(?:\d|\.\d)(?:[eE][+-]?\d+|[\w.])*"
        + @"|\[[^\]]*\]"
        + "|(?<selector>\\{(?:[^{}\"'`]|" + Text + ")*\\})"
        + @"|(?<word>[A-Za-z_:][\w:]*)"
        + @"|(?<symbol>[-+*/%^=!<>~@(),]))",
        RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?:(?<label>[A-Za-z_]\w*)\s*(?<operator>=~|!~|!=|=)\s*)?(?<text>" + Text + ")", RegexOptions.Singleline)]
    private static partial Regex Matcher();
}
