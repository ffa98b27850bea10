using SreLab.Fixtures.Lab;
using YamlDotNet.Serialization;

namespace SreLab.Fixtures.Alerts;

/// <summary>The expression of a rule, whatever the rule is for.</summary>
/// <param name="Name">The metric that it records, or the alert that it raises.</param>
/// <param name="IsAlert">Whether it is an alert.</param>
/// <param name="Expression">PromQL.</param>
/// <param name="File">The file that holds it.</param>
public sealed record RuleExpression(string Name, bool IsAlert, string Expression, string File)
{
    /// <summary>Every rule of a lab of minutes: recorded metrics, alerts, burn rates.</summary>
    /// <exception cref="LabException">A file is no rule file.</exception>
    public static IReadOnlyList<RuleExpression> LoadAll(ObservabilityFiles files) =>
        [.. files.RecordingRules.Concat(files.AlertRules).Append(files.RunSloRules).Where(System.IO.File.Exists).SelectMany(Load)];

    /// <summary>The rules of one file, in their order.</summary>
    /// <exception cref="LabException">It is no rule file.</exception>
    public static IReadOnlyList<RuleExpression> Load(string file)
    {
        try
        {
            var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(System.IO.File.ReadAllText(file));
            return
            [
                .. from @group in (IEnumerable<object>)document["groups"]
                   from rule in (IEnumerable<object>)((IDictionary<object, object>)@group)["rules"]
                   let fields = (IDictionary<object, object>)rule
                   let isAlert = fields.ContainsKey("alert")
                   select new RuleExpression((string)fields[isAlert ? "alert" : "record"], isAlert, (string)fields["expr"], file),
            ];
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or KeyNotFoundException or InvalidCastException or NullReferenceException)
        {
            throw new LabException($"rules unreadable: {file}: {e.Message}\n  check        promtool check rules {file}", e);
        }
    }
}
