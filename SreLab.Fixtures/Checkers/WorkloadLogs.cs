using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-logs: one id leads from the client's request through every program; each line is a JSON object.</summary>
public static class WorkloadLogs
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "logs";

    private const int LeastPlaces = 4;

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "sidecar, app and provider";
        if (BatteryPart.Missing(battery, Probe, battery?.Logs, Objective) is { } missing)
        {
            return missing;
        }

        var logs = battery!.Logs!;
        List<string> wrongs =
        [
            .. logs.Places.Where(p => p.Lines == 0).Select(p => $"{p.Place} logged nothing of {logs.CorrelationId}"),
            .. logs.Places.Where(p => p is { Lines: > 0, Complete: 0 }).Select(p => $"{p.Place} logged {logs.CorrelationId} without status and duration"),
        ];
        if (!logs.IsEchoed)
        {
            wrongs.Add($"the answer did not carry {logs.CorrelationId}");
        }

        if (!logs.IsInProblem)
        {
            wrongs.Add("an error did not carry the id of its request");
        }

        if (logs.NotJson > 0)
        {
            wrongs.Add(Invariant($"{logs.NotJson} of {logs.Lines:N0} log lines are no JSON object, first: {logs.FirstNotJson}"));
        }

        return BatteryPart.Judge(
            Invariant($"{logs.CorrelationId} was found in {logs.Places.Count} programs; {logs.Lines:N0} lines are JSON"),
            Objective,
            Invariant($"{logs.Places.Count(p => p.Complete > 0)} of {logs.Places.Count} programs"),
            wrongs,
            logs.Places.Count < LeastPlaces ? ["not every program's log was looked at"] : []);
    }
}
