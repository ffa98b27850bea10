using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>A repository with one alert in order, in a folder of its own, to be spoilt.</summary>
internal sealed class SampleObservability : IDisposable
{
    public const string Firing =
        "exp_alerts: [{ exp_labels: { severity: page }, exp_annotations: { summary: says it, description: at length, runbook_url: there } }]";

    private static readonly Dictionary<string, string> Content = new(StringComparer.Ordinal)
    {
        ["observability/rules/alerts/Sample.yml"] =
            """
            groups:
              - name: Sample
                rules:
                  - alert: Sample
                    expr: srelab:thing == 0
                    for: 5s
                    labels:
                      severity: page
                    annotations:
                      summary: says it
                      description: at length
                      runbook_url: https://github.com/srelab/srelab/blob/main/docs/runbooks/Sample.md
            """,
        ["observability/rules/recording/10-things.yml"] =
            """
            groups:
              - name: things
                rules:
                  - record: srelab:thing
                    expr: up
                  - record: srelab:other
                    expr: srelab:thing + 1
            """,
        ["observability/README.md"] = "| `srelab:thing` | a thing |\n| `srelab:other` | another |\n",
        ["observability/rules-tests/Sample.yml"] =
            $$"""
            tests:
              - alert_rule_test:
                  - eval_time: 1s
                    alertname: Sample
                    exp_alerts: []
                  - eval_time: 9s
                    alertname: Sample
                    {{Firing}}
            """,
        ["docs/runbooks/README.md"] = "| [Sample](Sample.md) | page |\n",
        ["docs/runbooks/Sample.md"] =
            "# Sample\n\n## Meaning\nIt is so.\n\n## Impact\nSomebody is hurt.\n\n## Diagnosis\nLook.\n\n## Mitigation\nAct.\n",
    };

    private readonly string _root = Directory.CreateTempSubdirectory("srelab-observability-").FullName;

    public SampleObservability()
    {
        foreach (var (file, text) in Content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.WriteAllText(PathOf(file), text);
        }
    }

    /// <summary>Replaces text that must be there; an empty text makes a file, null removes one.</summary>
    public void Change(string file, string? text, string? instead)
    {
        switch (text)
        {
            case null:
                File.Delete(PathOf(file));
                break;
            case "":
                File.WriteAllText(PathOf(file), instead);
                break;
            default:
                var before = File.ReadAllText(PathOf(file));
                if (!before.Contains(text, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"'{text}' is not in {file}");
                }

                File.WriteAllText(PathOf(file), before.Replace(text, instead, StringComparison.Ordinal));
                break;
        }
    }

    public IReadOnlyList<string> Problems()
    {
        var files = new ObservabilityFiles(_root);
        return [.. AlertProblems.OfRules(files), .. AlertProblems.OfRuleTests(files), .. AlertProblems.OfRunbooks(files), .. RecordedNames.Problems(files)];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string PathOf(string file) => Path.Combine(_root, file);
}
