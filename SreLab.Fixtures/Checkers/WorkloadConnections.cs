using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-connections: when its requests have ended, an instance uses no database connection any more.</summary>
public static class WorkloadConnections
{
    private const int LeastRequests = 100;

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery, Objectives objectives)
    {
        var limit = (double)objectives.WorkloadConnectionsLeft;
        var objective = Invariant($"<= {limit:0} used");
        if (BatteryPart.Missing(battery, WorkloadCounts.Probe, battery?.Connections, objective) is { } missing)
        {
            return missing;
        }

        var left = battery!.Connections!;
        List<string> wrongs = [];
        if (left.UsedLeft > limit)
        {
            wrongs.Add(Invariant($"{left.Instance} still uses {left.UsedLeft:0} database connections after {left.Requests:N0} requests have ended; the role has {left.SessionsInDatabase} sessions"));
        }

        if (left.BusyInDatabase > limit)
        {
            wrongs.Add(Invariant($"{left.BusyInDatabase} sessions of the application are not idle although its requests have ended"));
        }

        List<string> doubts = [];
        if (left.Requests < LeastRequests)
        {
            doubts.Add(Invariant($"only {left.Requests} requests came before"));
        }

        if (left.SessionsInDatabase == 0)
        {
            doubts.Add("the database knows no session of the application at all");
        }

        return BatteryPart.Judge(
            Invariant($"{left.UsedLeft:0} used after {left.Requests:N0} requests"), objective, Invariant($"{left.UsedLeft:0} used, {left.SessionsInDatabase} sessions"), wrongs, doubts);
    }
}
