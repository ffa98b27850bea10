namespace SreLab.Fixtures.Alerts;

/// <summary>Where the files of <c>observability/</c> lie: the same ones on every target.</summary>
/// <param name="RepositoryRoot">Root of the repository.</param>
public sealed record ObservabilityFiles(string RepositoryRoot)
{
    /// <summary>The folder.</summary>
    public string Root => Path.Combine(RepositoryRoot, "observability");

    /// <summary>What the PostgreSQL exporters ask beyond their own queries; CloudNativePG reads the same format.</summary>
    public string Queries => Path.Combine(Root, "queries", "srelab.yml");

    /// <summary>In the place of what postgres_exporter asks by itself.</summary>
    public string ExporterQueries => Path.Combine(Root, "queries", "postgres_exporter.yml");

    /// <summary>Alertmanager's configuration; each target sets the receiver's address.</summary>
    public string Routes => Path.Combine(Root, "alertmanager", "alertmanager.yml");

    /// <summary>Rules that give every target's metrics the same names, in the order in which they are evaluated.</summary>
    public IReadOnlyList<string> RecordingRules => YamlIn("rules", "recording");

    /// <summary>One file for each alert, named after it.</summary>
    public IReadOnlyList<string> AlertRules => YamlIn("rules", "alerts");

    /// <summary>Burn-rate rules with windows for a run of minutes; generated from <c>slos.json</c>.</summary>
    public string RunSloRules => Path.Combine(Root, "rules", "slo", "run.yml");

    /// <summary>The same with windows for 30 days.</summary>
    public string MonthSloRules => Path.Combine(Root, "rules", "slo", "30d.yml");

    /// <summary>One promtool test for each alert, named after it.</summary>
    public IReadOnlyList<string> RuleTests => YamlIn("rules-tests");

    /// <summary>Grafana's dashboards.</summary>
    public IReadOnlyList<string> Dashboards => In("*.json", "dashboards");

    /// <summary>The runbook of an alert.</summary>
    public string Runbook(string alert) => Path.Combine(RepositoryRoot, "docs", "runbooks", alert + ".md");

    private List<string> YamlIn(params string[] folders) => In("*.yml", folders);

    private List<string> In(string pattern, params string[] folders)
    {
        var folder = Path.Combine([Root, .. folders]);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];
    }
}
