using System.Text.RegularExpressions;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>An alert is missing.</summary>
internal sealed partial class RemovedAlert : AlertPlant
{
    public override string Id => "removed-alert";

    public override string Defect => "the rule ConnectionsHigh is not loaded";

    public override IReadOnlyList<string> MustBeRed => ["Every_alert_fires_and_is_delivered"];

    // Silence of rules that are not there proves nothing.
    public override IReadOnlyList<string> MayBeRed => ["An_idle_lab_raises_no_alert", "A_loaded_lab_raises_no_alert"];

    protected override MonitoringFile File => MonitoringFile.Rules;

    protected override string Spoil(string text) => Rule().Replace(text, "");

    [GeneratedRegex(@"^  - alert: ConnectionsHigh\n(?:    .*\n|\n)+", RegexOptions.Multiline)]
    private static partial Regex Rule();
}

/// <summary>An alert that can never fire: a ratio is compared with a percentage.</summary>
internal sealed partial class BrokenExpression : AlertPlant
{
    public override string Id => "broken-expression";

    public override string Defect => "ConnectionsHigh compares a ratio with 80 instead of 0.8";

    public override IReadOnlyList<string> MustBeRed => ["Every_alert_fires_and_is_delivered"];

    protected override MonitoringFile File => MonitoringFile.Rules;

    protected override string Spoil(string text) => Threshold().Replace(text, "$1 > 80");

    [GeneratedRegex(@"(alert: ConnectionsHigh\n\s+expr:[^>]*?)\s*>\s*0\.80?\b")]
    private static partial Regex Threshold();
}

/// <summary>A metric has another name than the rules know.</summary>
internal sealed class RenamedMetric : AlertPlant
{
    public override string Id => "renamed-metric";

    public override string Defect => "the exporters call the replication lag by another name than the rules do";

    public override IReadOnlyList<string> MustBeRed => ["Every_alert_fires_and_is_delivered"];

    protected override MonitoringFile File => MonitoringFile.Queries;

    protected override string Spoil(string text) => text.Replace("lag_seconds", "lag_in_seconds", StringComparison.Ordinal);
}

/// <summary>Alertmanager sends everything nowhere.</summary>
internal sealed class MutedRoute : AlertPlant
{
    public override string Id => "muted-route";

    public override string Defect => "Alertmanager's route leads to a receiver that tells nobody";

    public override IReadOnlyList<string> MustBeRed => ["Every_alert_fires_and_is_delivered"];

    // Without a delivery there is nothing to time and nothing to resolve.
    public override IReadOnlyList<string> MayBeRed => ["Every_alert_is_delivered_within_the_configured_sum", "Every_alert_is_resolved"];

    protected override MonitoringFile File => MonitoringFile.Routes;

    protected override string Spoil(string text) => text
        .Replace("receiver: suite", "receiver: nobody", StringComparison.Ordinal)
        .Replace("receivers:\n", "receivers:\n  - name: nobody\n", StringComparison.Ordinal);
}

/// <summary>An alert that fires on a healthy lab.</summary>
internal sealed class PageInQuiet : AlertPlant
{
    public override string Id => "page-in-quiet";

    public override string Defect => "a page fires although nothing is wrong";

    public override IReadOnlyList<string> MustBeRed => ["An_idle_lab_raises_no_alert", "A_loaded_lab_raises_no_alert"];

    protected override MonitoringFile File => MonitoringFile.Rules;

    protected override string Spoil(string text) => text.TrimEnd() + "\n  - alert: PlantedPage\n    expr: vector(1)\n    labels:\n      severity: page\n";
}
