using SreLab.Fixtures.Lab;
using YamlDotNet.Serialization;

namespace SreLab.Fixtures.Alerts;

/// <summary>Joins the rule files into one group.</summary>
/// <remarks>
/// Prometheus evaluates the rules of one group in order, and groups at moments of their own. In one group an alert reads what
/// was recorded in the same evaluation; in two it could read the value of the evaluation before, one interval late.
/// </remarks>
public static class RuleAssembly
{
    /// <summary>Name of the group.</summary>
    public const string Group = "srelab";

    /// <summary>Recording rules, then alerts, then the burn-rate rules for a run of minutes.</summary>
    /// <exception cref="LabException">A file is no rule file.</exception>
    public static string ForLab(ObservabilityFiles files) => Join([.. files.RecordingRules, .. files.AlertRules, .. new[] { files.RunSloRules }.Where(File.Exists)]);

    /// <summary>Joins these files, in this order.</summary>
    /// <exception cref="LabException">A file is no rule file.</exception>
    public static string Join(IReadOnlyList<string> ruleFiles)
    {
        var document = new Dictionary<string, object>
        {
            ["groups"] = new object[] { new Dictionary<string, object> { ["name"] = Group, ["rules"] = ruleFiles.SelectMany(RulesOf).ToArray() } },
        };
        return new SerializerBuilder().WithQuotingNecessaryStrings().DisableAliases().Build().Serialize(document);
    }

    /// <summary>Adds a recording rule to the end of a joined text: in the same group, whose counters of evaluations go on.</summary>
    public static string WithRecordingRule(string joined, string name, string expression)
    {
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Dictionary<string, object>>>>(joined);
        var group = document["groups"][^1];
        group["rules"] = ((IEnumerable<object>)group["rules"]).Append(new Dictionary<string, string> { ["record"] = name, ["expr"] = expression }).ToArray();
        return new SerializerBuilder().WithQuotingNecessaryStrings().DisableAliases().Build().Serialize(document);
    }

    private static IEnumerable<object> RulesOf(string file)
    {
        try
        {
            var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(file));
            return [.. ((IEnumerable<object>)document["groups"]).SelectMany(g => (IEnumerable<object>)((IDictionary<object, object>)g)["rules"])];
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or KeyNotFoundException or InvalidCastException or NullReferenceException)
        {
            throw new LabException($"rules unreadable: {file}: {e.Message}\n  check        promtool check rules {file}", e);
        }
    }
}
