using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-shutdown: after SIGTERM an instance says that it is not ready before its listener closes.</summary>
public static class WorkloadShutdown
{
    private const string Objective = "503 before the listener closes";
    private const string NotReady = "503";

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        if (BatteryPart.Missing(battery, WorkloadRestart.Probe, battery?.Restart, Objective) is { } missing)
        {
            return missing;
        }

        var stopped = battery!.Restart!.Instances;
        return BatteryPart.Judge(
            "every instance says that it ends before it does",
            Objective,
            FormattableString.Invariant($"{stopped.Count} stopped"),
            [.. stopped.Select(Wrong).OfType<string>()],
            stopped.Count == 0 ? ["no instance was stopped"] : []);
    }

    private static string? Wrong(RestartedRecord stopped)
    {
        var answered = stopped.OnSigterm.TakeWhile(a => char.IsAsciiDigit(a.FirstOrDefault())).ToList();
        return answered.Count > 0 && answered[^1].StartsWith(NotReady, StringComparison.Ordinal)
            ? null
            : $"{stopped.Instance}: after SIGTERM the last answer of /readiness was {answered.LastOrDefault() ?? "none"}, not 503 ({string.Join(", ", stopped.OnSigterm)})";
    }
}
