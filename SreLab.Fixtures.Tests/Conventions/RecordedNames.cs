using System.Text.RegularExpressions;
using SreLab.Fixtures.Alerts;
using YamlDotNet.Serialization;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>The names that recording rules give, and who reads them.</summary>
internal static partial class RecordedNames
{
    /// <summary>What is wrong with them; empty when nothing is.</summary>
    public static IEnumerable<string> Problems(ObservabilityFiles files)
    {
        var recorded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, rule) in files.RecordingRules.SelectMany(f => RulesOf(f).Select(r => (Path.GetFileName(f), r))))
        {
            if (!rule.Name.StartsWith("srelab:", StringComparison.Ordinal))
            {
                yield return $"{file}: {rule.Name} does not begin with srelab:";
            }

            // Rules of one group see what earlier ones recorded at the same moment, and what later ones did a moment ago.
            foreach (var read in In(rule.Expression).Where(n => !recorded.Contains(n)))
            {
                yield return $"{file}: {rule.Name} reads {read}, which is not recorded before it";
            }

            if (!recorded.Add(rule.Name))
            {
                yield return $"{file}: {rule.Name} is recorded twice";
            }
        }

        foreach (var (alert, read) in files.AlertRules.SelectMany(f => RulesOf(f).SelectMany(r => In(r.Expression).Select(n => (r.Name, n)))))
        {
            if (!recorded.Contains(read))
            {
                yield return $"{alert} reads {read}, which nobody records";
            }
        }

        var explained = Explained(File.ReadAllText(Path.Combine(files.Root, "README.md")));
        foreach (var name in recorded.Except(explained))
        {
            yield return $"README.md does not explain {name}";
        }

        var generated = new[] { files.RunSloRules, files.MonthSloRules }.Where(File.Exists).SelectMany(RulesOf).Select(r => r.Name);
        foreach (var name in explained.Except(recorded).Except(generated))
        {
            yield return $"README.md explains {name}, which nobody records";
        }
    }

    /// <summary>The rules of a file, alerts and recorded names alike.</summary>
    public static IReadOnlyList<(string Name, string Expression)> RulesOf(string file)
    {
        var document = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<RuleFile>(File.ReadAllText(file));
        return [.. document.Groups.SelectMany(g => g.Rules).Select(r => (r.Record + r.Alert, r.Expr))];
    }

    private static IEnumerable<string> In(string expression) => RecordedName().Matches(expression).Select(m => m.Value).Distinct();

    private static HashSet<string> Explained(string readme) =>
        [.. readme.Split('\n').Where(l => l.StartsWith("| `srelab:", StringComparison.Ordinal)).SelectMany(l => RecordedName().Matches(l.Split(" | ")[0]).Select(m => m.Value))];

    [GeneratedRegex("srelab:[a-z0-9_]+(:[a-z0-9_]+)?")]
    private static partial Regex RecordedName();

#pragma warning disable CA1812 // Made by the deserializer.
    private sealed class RuleFile
    {
        [YamlMember(Alias = "groups")]
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        [YamlMember(Alias = "rules")]
        public List<Rule> Rules { get; set; } = [];
    }

    private sealed class Rule
    {
        [YamlMember(Alias = "record")]
        public string Record { get; set; } = "";

        [YamlMember(Alias = "alert")]
        public string Alert { get; set; } = "";

        [YamlMember(Alias = "expr")]
        public string Expr { get; set; } = "";
    }
#pragma warning restore CA1812
}
