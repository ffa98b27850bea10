using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>What is wrong with the alerts of a repository: their rules, tests and runbooks.</summary>
internal static class AlertProblems
{
    private const string RunbookAddress = "https://github.com/srelab/srelab/blob/main/docs/runbooks/";

    private static readonly string[] Headings = ["## Meaning", "## Impact", "## Diagnosis", "## Mitigation"];

    private static readonly string[] Annotations = ["description", "runbook_url", "summary"];

    /// <summary>A file of its own, named after it; who must act; texts; the way to its runbook.</summary>
    public static IEnumerable<string> OfRules(ObservabilityFiles files)
    {
        foreach (var file in files.AlertRules)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var rules = RecordedNames.RulesOf(file).Select(r => r.Name).ToList();
            if (rules is not [var only] || only != name)
            {
                yield return $"{name}.yml holds {string.Join(", ", rules)}; it must hold the alert {name} and nothing else";
            }
        }

        foreach (var rule in Rules(files))
        {
            if (rule.Severity is not ("page" or "ticket"))
            {
                yield return $"{rule.Name}: severity is '{rule.Severity}', neither page nor ticket";
            }

            if (!rule.Annotations.Keys.Order(StringComparer.Ordinal).SequenceEqual(Annotations) || rule.Annotations.Values.Any(string.IsNullOrWhiteSpace))
            {
                yield return $"{rule.Name}: annotations are {string.Join(", ", rule.Annotations.Keys)}; needed: {string.Join(", ", Annotations)}";
            }
            else if (rule.Annotations["runbook_url"] != $"{RunbookAddress}{rule.Name}.md")
            {
                yield return $"{rule.Name}: runbook_url is {rule.Annotations["runbook_url"]}";
            }
        }
    }

    /// <summary>A promtool test of its own that sees it silent and firing, and compares what a receiver gets.</summary>
    public static IEnumerable<string> OfRuleTests(ObservabilityFiles files)
    {
        var alerts = Names(files);
        var tests = files.RuleTests.ToDictionary(f => Path.GetFileNameWithoutExtension(f), RuleTestFile.Load, StringComparer.Ordinal);
        foreach (var name in alerts.Except(tests.Keys))
        {
            yield return $"{name} has no test";
        }

        foreach (var (name, test) in tests)
        {
            if (!alerts.Contains(name))
            {
                yield return $"the test {name} belongs to no alert";
            }

            if (test.Expectations(name) is not { } expected)
            {
                yield return $"the test {name} does not look at {name}";
                continue;
            }

            if (expected.All(e => e.Count > 0))
            {
                yield return $"the test {name} never sees it silent";
            }

            if (expected.All(e => e.Count == 0))
            {
                yield return $"the test {name} never sees it fire";
            }

            if (expected.SelectMany(e => e).Any(a => !a.Labels.ContainsKey("severity") || !a.Annotations.Keys.Order(StringComparer.Ordinal).SequenceEqual(Annotations)))
            {
                yield return $"the test {name} does not compare severity, {string.Join(", ", Annotations)}";
            }
        }
    }

    /// <summary>A runbook of four parts, found through the index.</summary>
    public static IEnumerable<string> OfRunbooks(ObservabilityFiles files)
    {
        var alerts = Names(files);
        var folder = Path.GetDirectoryName(files.Runbook("any"))!;
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        var runbooks = Directory.EnumerateFiles(folder, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "README").ToHashSet(StringComparer.Ordinal);
        foreach (var name in alerts.Except(runbooks))
        {
            yield return $"{name} has no runbook";
        }

        foreach (var name in runbooks.Order(StringComparer.Ordinal))
        {
            if (!alerts.Contains(name))
            {
                yield return $"the runbook {name} belongs to no alert";
            }

            if (!index.Contains($"| [{name}]({name}.md) |", StringComparison.Ordinal))
            {
                yield return $"the index does not list the runbook {name}";
            }

            var lines = File.ReadAllLines(files.Runbook(name));
            if (lines.FirstOrDefault() != $"# {name}" || !lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)).SequenceEqual(Headings))
            {
                yield return $"the runbook {name} needs the title '# {name}' and {string.Join(", ", Headings)}";
            }
            else if (Headings.Any(h => lines.SkipWhile(l => l != h).Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal)).All(string.IsNullOrWhiteSpace)))
            {
                yield return $"the runbook {name} has a part without text";
            }
        }
    }

    private static HashSet<string> Names(ObservabilityFiles files) => [.. Rules(files).Select(r => r.Name)];

    private static IEnumerable<AlertRule> Rules(ObservabilityFiles files) =>
        AlertRule.LoadAll(files).Concat(File.Exists(files.MonthSloRules) ? AlertRule.Load(files.MonthSloRules) : []);
}
