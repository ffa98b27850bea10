using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-counts: the service counted exactly the requests that it was sent, though many came at once.</summary>
public static class WorkloadCounts
{
    /// <summary>Name of its probe, which the judges of memory, connections and processor share.</summary>
    public const string Probe = "burst";

    private const int LeastRequests = 500;
    private const int LeastConcurrency = 8;

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "exact";
        if (BatteryPart.Missing(battery, Probe, battery?.Counts, Objective) is { } missing)
        {
            return missing;
        }

        var counts = battery!.Counts!;
        var rise = counts.After - counts.Before;
        List<string> wrongs = [];
        if (rise < counts.Answered || rise > counts.Sent)
        {
            wrongs.Add(Invariant($"{counts.Instance} counted {rise:N0} requests; it answered {counts.Answered:N0} of {counts.Sent:N0}, {counts.Concurrency} at a time"));
        }

        List<string> doubts = [];
        if (counts.Answered < counts.Sent)
        {
            doubts.Add(Invariant($"{counts.Sent - counts.Answered} of {counts.Sent} requests had no answer, so the exact count is not known"));
        }

        if (counts.Sent < LeastRequests || counts.Concurrency < LeastConcurrency)
        {
            doubts.Add(Invariant($"{counts.Sent} requests, {counts.Concurrency} at a time, are too few to show a race"));
        }

        return BatteryPart.Judge(Invariant($"{rise:N0} requests were sent and counted"), Objective, Invariant($"{rise:N0} of {counts.Sent:N0}"), wrongs, doubts);
    }
}
