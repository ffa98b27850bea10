using SreLab.Fixtures.Evidence;

namespace SreLab.Report.Tests;

/// <summary>What Prometheus and the alert stage would have recorded over a run of five minutes.</summary>
internal static class SampleMonitoring
{
    private const int Seconds = 300;
    private static readonly string[] Members = ["pg-1", "pg-2", "pg-3"];

    internal static SeriesRecord Series(DateTimeOffset start)
    {
        List<RecordedSeries> series = [];
        foreach (var member in Members)
        {
            var index = Array.IndexOf(Members, member);
            series.Add(Line(SeriesNames.IsPrimary, start, By(member), t => index == 0 && t is >= 190 and < 215 ? double.NaN : PrimaryAt(t) == index ? 1 : 0));
            series.Add(Line(SeriesNames.ReplicationLagSeconds, start, By(member), t => PrimaryAt(t) == index ? 0 : t is > 195 and < 205 ? t - 195 : 0.01 * (1 + t % 3)));
        }

        series.Add(Line(SeriesNames.TransactionsPerSecond, start, By("pg-1"), t => 1100 + 60 * Math.Sin(t / 9.0)));
        series.Add(Line(SeriesNames.CpuBusyRatio, start, By("edge"), t => 0.45 + 0.3 * Math.Sin(t / 40.0)));
        series.Add(Line(SeriesNames.Alert, start, Alert("ReplicationLagHigh", "pg-2", "pending"), t => t is >= 201 and < 203 ? 1 : double.NaN));
        series.Add(Line(SeriesNames.Alert, start, Alert("ReplicationLagHigh", "pg-2", "firing"), t => t is >= 203 and < 214 ? 1 : double.NaN));
        series.Add(Line(SeriesNames.Alert, start, Alert("PostgresDown", "pg-1", "firing"), t => t is >= 192 and < 216 ? 1 : double.NaN));
        return new SeriesRecord(start, start.AddSeconds(Seconds), 1, series);
    }

    internal static AlertsRecord Alerts(DateTimeOffset start) => new()
    {
        Selected = ["PostgresDown", "ReplicationLagHigh"],
        Rules = ["PostgresDown", "ReplicationLagHigh", "NoPrimary"],
        Terms = new ChainTerms(1, 1, 0, 1),
        Quiet =
        [
            new QuietRecord { Kind = "idle", StartedUtc = start, EndedUtc = start.AddSeconds(20), Operations = 0, HealthyRules = 40, Fired = [], Delivered = [] },
            new QuietRecord { Kind = "loaded", StartedUtc = start.AddSeconds(150), EndedUtc = start.AddSeconds(170), Operations = 4021, HealthyRules = 40, Fired = ["NoPrimary {}"], Delivered = [] },
        ],
        Chains =
        [
            Chain("PostgresDown", "the postmaster of pg-1 killed", start.AddSeconds(190)),
            Chain("ReplicationLagHigh", "WAL replay paused on pg-2 while clients wrote", start.AddSeconds(200)) with { ResolvedUtc = null, Problem = "no resolution arrived" },
        ],
        Uncaused = [new UncausedRecord("XidWraparoundNear", "needs two thousand million transactions")],
    };

    internal static IEnumerable<NotificationRecord> Notifications(DateTimeOffset start) =>
    [
        Notification("PostgresDown", "pg-1", "firing", start.AddSeconds(192.4)),
        Notification("ReplicationLagHigh", "pg-2", "firing", start.AddSeconds(203.3)),
        Notification("PostgresDown", "pg-1", "resolved", start.AddSeconds(216.6)),
    ];

    private static AlertChainRecord Chain(string alert, string cause, DateTimeOffset condition) => new()
    {
        Alert = alert,
        Severity = "page",
        Cause = cause,
        Condition = $"{cause}, as its source says",
        Labels = By("pg-1"),
        ForSeconds = 2,
        CausedUtc = condition.AddSeconds(-0.2),
        ConditionUtc = condition,
        PendingUtc = condition.AddSeconds(0.9),
        FiringUtc = condition.AddSeconds(2.9),
        DeliveredUtc = condition.AddSeconds(3.1),
        HealedUtc = condition.AddSeconds(9),
        ConditionGoneUtc = condition.AddSeconds(9.3),
        ResolvedUtc = condition.AddSeconds(11.2),
    };

    private static int PrimaryAt(int second) => second < 190 ? 0 : second < 240 ? 1 : 2;

    private static Dictionary<string, string> By(string member) => new() { ["member"] = member };

    private static Dictionary<string, string> Alert(string name, string member, string state) => new() { ["alertname"] = name, ["member"] = member, ["alertstate"] = state };

    private static RecordedSeries Line(string name, DateTimeOffset start, Dictionary<string, string> labels, Func<int, double> value) => new(
        name,
        labels,
        [.. Enumerable.Range(0, Seconds).Select(t => (T: t, V: value(t))).Where(p => double.IsFinite(p.V)).Select(p => (IReadOnlyList<double>)[start.ToUnixTimeSeconds() + p.T, p.V])]);

    private static NotificationRecord Notification(string alert, string member, string status, DateTimeOffset at) => new(
        at, status, new Dictionary<string, string> { ["alertname"] = alert, ["member"] = member }, new Dictionary<string, string> { ["summary"] = $"{alert} on {member}" }, at, null);
}
