using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-memory: nothing is kept of a request.</summary>
/// <remarks>
/// The live heap is what counts, when a collection came between the looks; a heap that reads the same to the byte was not collected, and then resident
/// memory does, which also holds what a collection would free.
/// </remarks>
public static class WorkloadMemory
{
    private const int LeastRequests = 500;

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery, Objectives objectives)
    {
        var limit = (double)objectives.WorkloadBytesPerRequest;
        var objective = Invariant($"<= {limit / 1024:0} KiB per request");
        if (BatteryPart.Missing(battery, WorkloadCounts.Probe, battery?.Memory, objective) is { } missing)
        {
            return missing;
        }

        var memory = battery!.Memory!;
        if (memory.Requests < LeastRequests)
        {
            return Verdict.Unknown(Invariant($"{memory.Requests} requests are too few to tell what is kept from noise; {LeastRequests} are needed"), objective);
        }

        var wasCollected = memory.HeapAfter != memory.HeapBefore;
        var growth = wasCollected ? memory.HeapAfter - memory.HeapBefore : memory.ResidentAfter - memory.ResidentBefore;
        var perRequest = growth / memory.Requests;
        var seen = Invariant($"{perRequest / 1024:0.0} KiB per request over {memory.Requests:N0} ({(wasCollected ? "live heap" : "resident, no collection came")} {growth / 1048576:+0.0;-0.0;0.0} MiB)");
        return BatteryPart.Judge(
            $"{memory.Instance} keeps {seen}",
            objective,
            seen,
            perRequest > limit ? [$"{memory.Instance} keeps {seen}"] : [],
            memory.HeapAfter <= 0 || memory.ResidentAfter <= 0 ? ["the memory metrics were not there"] : []);
    }
}
