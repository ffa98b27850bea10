using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Reporting;

/// <content>What the monitoring promises.</content>
public static partial class Promises
{
    /// <summary>Silence on an idle lab.</summary>
    public static Promise AlertsQuietIdle { get; } =
        Of("alerts-quiet-idle", Stages.Alerts, "No alert fires on an idle, healthy lab", (e, o) => QuietLab.Check(e.Alerts, QuietLab.Idle, o)) with { IsHeadline = true };

    /// <summary>Silence on a busy lab.</summary>
    public static Promise AlertsQuietLoaded { get; } =
        Of("alerts-quiet-loaded", Stages.Alerts, "No alert fires on a loaded, healthy lab", (e, o) => QuietLab.Check(e.Alerts, QuietLab.Loaded, o)) with { TimedIn = TimedIn.Quiet(QuietLab.Loaded), IsHeadline = true };

    /// <summary>Each alert fires when its condition is there, and not before.</summary>
    public static Promise AlertsFire { get; } =
        Of("alerts-fire", Stages.Alerts, "Every alert whose condition was caused is delivered", (e, _) => AlertChains.Delivered(e.Alerts));

    /// <summary>Delivered in the time that the configuration promises.</summary>
    public static Promise AlertsInTime { get; } =
        Of("alerts-in-time", Stages.Alerts, "Every alert is delivered within the configured sum", (e, _) => AlertChains.InTime(e.Alerts)) with { TimedIn = TimedIn.Alerts, IsHeadline = true };

    /// <summary>Off again when the condition is gone.</summary>
    public static Promise AlertsResolve { get; } =
        Of("alerts-resolve", Stages.Alerts, "Every alert is resolved after its condition", (e, _) => AlertChains.Resolved(e.Alerts));

    /// <summary>How many of all.</summary>
    public static Promise AlertsProven { get; } =
        Of("alerts-proven", Stages.Alerts, "At least nine of ten alert rules are proven live", (e, _) => AlertChains.Proven(e.Alerts)) with { IsHeadline = true };

    /// <summary>No rule and no panel reads a metric that is not there.</summary>
    public static Promise MetricsCovered { get; } =
        Of("metrics-covered", Stages.Alerts, "Every metric that a rule or panel names is scraped, before and after a failover", (e, _) => Checkers.MetricsCovered.Check(e.Metrics));

    /// <summary>No panel is empty.</summary>
    public static Promise DashboardsAnswer { get; } =
        Of("dashboards-answer", Stages.Alerts, "Every dashboard panel returns data on the live lab", (e, _) => PanelsAnswer.Check(e.Panels));
}
