namespace SreLab.Fixtures.Slos;

/// <summary>The same service from the server's side, for comparison: no alert reads it, because a server that is not reached has no errors.</summary>
internal static class ServerLevelRules
{
    private const string Up = "srelab:sli_server_endpoint:up";

    /// <summary>Appends its records.</summary>
    /// <param name="text">The group.</param>
    /// <param name="windows">Windows of the ratios.</param>
    public static void Append(RuleText text, IReadOnlyList<TimeSpan> windows)
    {
        text.Comment("From the server's side. The read-write endpoint has a server: HAProxy's word, or CloudNativePG's for a primary behind its service.");
        text.Record(
            Up,
            [
                "max by (cluster) (haproxy_backend_active_servers{proxy=\"read-write\"} > bool 0)",
                "or",
                "max by (cluster) (1 - cnpg_pg_replication_in_recovery)",
            ]);
        foreach (var window in windows.Select(RuleWindow.Name))
        {
            text.Record($"srelab:sli_server_endpoint:errors_ratio{window}", [$"1 - avg_over_time({Up}[{window}])"]);
        }

        text.Comment("Transactions that were rolled back.");
        foreach (var window in windows.Select(RuleWindow.Name))
        {
            text.Record(
                $"srelab:sli_server_transactions:errors_ratio{window}",
                [.. Rollbacks("pg", window), "or", .. Rollbacks("cnpg_pg", window)]);
        }

        text.Comment("Mean time of the costliest statements, as pg_stat_statements has it.");
        foreach (var window in windows.Select(RuleWindow.Name))
        {
            text.Record(
                $"srelab:sli_server_statements:seconds_mean{window}",
                [.. MeanTime("srelab", window), "or", .. MeanTime("cnpg_srelab", window)]);
        }
    }

    private static IEnumerable<string> MeanTime(string prefix, string window) =>
    [
        $"sum by (cluster) (rate({prefix}_statements_seconds_total[{window}]))",
        $"  / (sum by (cluster) (rate({prefix}_statements_calls_total[{window}])) > 0)",
    ];

    private static IEnumerable<string> Rollbacks(string prefix, string window)
    {
        string Rate(string counter) => $"sum by (cluster) (rate({prefix}_stat_database_{counter}[{window}]))";
        return [Rate("xact_rollback"), $"  / ({Rate("xact_rollback")} + {Rate("xact_commit")} > 0)"];
    }
}
