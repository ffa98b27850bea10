namespace SreLab.Fixtures.Alerts;

/// <summary>Which metrics an expression in PromQL reads.</summary>
public static class MetricNames
{
    private static readonly HashSet<string> Groupings = new(StringComparer.OrdinalIgnoreCase) { "by", "without", "on", "ignoring", "group_left", "group_right" };

    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase) { "and", "unless", "atan2", "bool", "offset", "inf", "nan" };

    /// <summary>Every metric that the expression names, once each, in order.</summary>
    /// <exception cref="FormatException">It is no PromQL, or it names metrics by a pattern.</exception>
    public static IReadOnlyList<string> In(string expression)
    {
        // Only this looks whether parentheses match.
        _ = NeedsOf(expression);
        return [.. Reduced(expression).Where(t => t.Kind == PromQlKind.Metric).Select(t => t.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What must be there for the expression to have an answer, as a list of choices: of each at least one metric.</summary>
    /// <remarks>
    /// <c>a or b</c> needs one of both; <c>(a or b) / c</c> needs one of both, and <c>c</c>. A branch that names no metric, as in
    /// <c>a or vector(0)</c>, is no choice: it would answer for ever in the place of a metric that was renamed. Nor is what is
    /// multiplied by 0, as in <c>a or 0 * up</c>: it lends labels, not values.
    /// </remarks>
    /// <exception cref="FormatException">It is no PromQL, or it names metrics by a pattern.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> NeedsOf(string expression)
    {
        var tokens = Reduced(expression);
        var at = 0;
        var needs = Branches(tokens, ref at);
        return at == tokens.Count ? [.. needs.Select(clause => clause.ToArray())] : throw Unbalanced(tokens);
    }

    /// <summary>Metrics, parentheses, commas and <c>or</c>: functions, operators and lists of labels are gone.</summary>
    private static List<PromQlToken> Reduced(string expression)
    {
        var tokens = PromQlTokens.Of(expression);
        var reduced = new List<PromQlToken>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            var next = at + 1 < tokens.Count ? tokens[at + 1] : default;
            if (token.Kind != PromQlKind.Word)
            {
                if (token.Kind is PromQlKind.Metric or PromQlKind.Nothing || token.Text is "(" or ")" or ",")
                {
                    reduced.Add(token);
                }
            }
            else if (Groupings.Contains(token.Text))
            {
                at = next.Text is "(" ? EndOfLabels(tokens, at) : at;
            }
            else if (IsOr(token))
            {
                reduced.Add(token);
            }
            else if (!Keywords.Contains(token.Text) && !IsCalled(next))
            {
                reduced.Add(new PromQlToken(PromQlKind.Metric, token.Text));
            }
        }

        return reduced;
    }

    private static int EndOfLabels(List<PromQlToken> tokens, int at) =>
        tokens.FindIndex(at, t => t.Text is ")") is var end and >= 0 ? end : throw Unbalanced(tokens);

    /// <summary>Before <c>(…)</c> or <c>by (…)</c> a word is a function.</summary>
    private static bool IsCalled(PromQlToken next) =>
        next.Text is "(" || (next.Kind == PromQlKind.Word && next.Text.ToUpperInvariant() is "BY" or "WITHOUT");

    private static bool IsOr(PromQlToken token) => token.Kind == PromQlKind.Word && token.Text.Equals("or", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads up to a closing parenthesis, a comma or the end: branches that <c>or</c> joins.</summary>
    private static List<SortedSet<string>> Branches(List<PromQlToken> tokens, ref int at)
    {
        var branches = new List<List<SortedSet<string>>>();
        var branch = new List<SortedSet<string>>();
        for (; at < tokens.Count && tokens[at].Text is not (")" or ","); at++)
        {
            if (tokens[at].Kind == PromQlKind.Metric)
            {
                branch.Add([tokens[at].Text]);
            }
            else if (IsOr(tokens[at]))
            {
                branches.Add(branch);
                branch = [];
            }
            else if (tokens[at].Kind == PromQlKind.Nothing)
            {
                at++;
                _ = at < tokens.Count && tokens[at].Text is "(" ? Parenthesis(tokens, ref at) : [];
            }
            else
            {
                branch.AddRange(Parenthesis(tokens, ref at));
            }
        }

        return Simplified(branches.Append(branch).Where(b => b.Count > 0).Aggregate(new List<SortedSet<string>>(), OneOf));
    }

    /// <summary>Arguments of a function, or what parentheses hold: all of them are needed.</summary>
    private static List<SortedSet<string>> Parenthesis(List<PromQlToken> tokens, ref int at)
    {
        var needs = new List<SortedSet<string>>();
        do
        {
            at++;
            needs.AddRange(Branches(tokens, ref at));
        }
        while (at < tokens.Count && tokens[at].Text is ",");

        return at < tokens.Count ? needs : throw Unbalanced(tokens);
    }

    /// <summary>(A and B) or (C and D) is (A or C) and (A or D) and (B or C) and (B or D).</summary>
    private static List<SortedSet<string>> OneOf(List<SortedSet<string>> one, List<SortedSet<string>> other) => one.Count == 0
        ? other
        : [.. one.SelectMany(_ => other, (a, b) => new SortedSet<string>(a.Concat(b), StringComparer.Ordinal))];

    /// <summary>A choice that holds whenever a narrower one does says nothing.</summary>
    private static List<SortedSet<string>> Simplified(List<SortedSet<string>> clauses)
    {
        var distinct = clauses.DistinctBy(c => string.Join('\n', c)).ToList();
        return [.. distinct.Where(c => !distinct.Any(other => other.Count < c.Count && other.IsSubsetOf(c)))];
    }

    private static FormatException Unbalanced(List<PromQlToken> tokens) =>
        new($"parentheses do not match: {string.Join(' ', tokens.Select(t => t.Text))}");
}
