using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-restart: instances are stopped and started one after the other under load, and no request fails, one that is in flight at SIGTERM least of all.</summary>
public static class WorkloadRestart
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "restart";

    private const int LeastRequests = 100;

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "0 failed";
        if (BatteryPart.Missing(battery, Probe, battery?.Restart, Objective) is { } missing)
        {
            return missing;
        }

        var restart = battery!.Restart!;
        var load = restart.Load;
        var names = string.Join(", ", restart.Instances.Select(i => i.Instance));
        List<string> doubts = [];
        if (restart.Instances.Count == 0)
        {
            doubts.Add("no instance was restarted");
        }

        doubts.AddRange(restart.Instances.Where(i => i.InFlight is null).Select(i => $"no request was in flight when {i.Instance} got SIGTERM"));
        if (load.Requests < LeastRequests)
        {
            doubts.Add(Invariant($"only {load.Requests} requests were sent meanwhile; {LeastRequests} are needed"));
        }

        return BatteryPart.Judge(
            Invariant($"{names} restarted, 0 of {load.Requests:N0} requests failed"),
            Objective,
            Invariant($"{load.Failed} of {load.Requests:N0}"),
            [
                .. load.Failed > 0 ? [Invariant($"{load.Failed} of {load.Requests:N0} requests failed while {names} restarted: {WorkloadLoad.Kinds(load)}")] : Array.Empty<string>(),
                .. restart.Instances.Where(i => i.InFlight is not null && !IsAnswered(i.InFlight)).Select(i => $"{i.Instance} dropped a request that was in flight at SIGTERM: {i.InFlight}"),
                .. restart.Instances.Where(i => !i.IsBack).Select(i => $"{i.Instance} got no traffic again"),
            ],
            doubts);
    }

    /// <summary>Any status of the service's own: the request is one that it refuses when it has read it.</summary>
    private static bool IsAnswered(string inFlight) => inFlight is ['2' or '4', _, _];
}
