using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-readiness: ready means that requests can be served, at the documented port; it is taken back before the listener closes.</summary>
public static class WorkloadReadiness
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "readiness";

    private const string Ready = "200";
    private const string NotReady = "503";

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery, Objectives objectives)
    {
        var limit = (double)objectives.WorkloadReadinessSeconds;
        var objective = Invariant($"false and true within {limit:0.#} s");
        if (BatteryPart.Missing(battery, Probe, battery?.Readiness, objective) is { } missing)
        {
            return missing;
        }

        var instances = battery!.Readiness!;
        var restarts = battery.Restart?.Instances ?? [];
        List<string> doubts = [];
        if (instances.Count == 0)
        {
            doubts.Add("no instance was asked");
        }

        if (restarts.Count == 0)
        {
            doubts.Add("no instance was stopped, so readiness on SIGTERM was not seen");
        }

        return BatteryPart.Judge(
            "readiness follows the database and the shutdown",
            objective,
            Invariant($"false after {Worst(instances.Select(i => i.FalseAfterSeconds))}, true after {Worst(instances.Select(i => i.TrueAfterSeconds))} at worst"),
            [.. instances.SelectMany(i => Wrongs(i, limit)), .. restarts.Select(Wrong).OfType<string>()],
            doubts);
    }

    private static IEnumerable<string> Wrongs(ReadinessRecord i, double limit)
    {
        if (!IsReady(i.Healthy) || !IsReady(i.HealthyThroughSidecar))
        {
            yield return $"{i.Instance}: healthy, and not ready ({i.Healthy} at its port, {i.HealthyThroughSidecar} through the sidecar)";
        }

        if (i.FalseAfterSeconds is not { } down || down > limit)
        {
            yield return $"{i.Instance}: the database refused it, and it was ready {(i.FalseAfterSeconds is { } late ? Invariant($"for {late:0.0} s more") : "all the time")}";
        }
        else if (i.FalseReason != "database")
        {
            yield return $"{i.Instance}: the database refused it, and the reason was {i.FalseReason}";
        }

        if (i.TrueAfterSeconds is not { } up || up > limit)
        {
            yield return $"{i.Instance}: the database took it again, and it was not ready {(i.TrueAfterSeconds is { } late ? Invariant($"for {late:0.0} s more") : "while that was awaited")}";
        }

        if (i.StartedRefused is { } answers && answers.Any(IsReady))
        {
            yield return $"{i.Instance}: started while the database refused it, and it was ready: {string.Join(", ", answers)}";
        }
    }

    private static string? Wrong(RestartedRecord r)
    {
        var answered = r.OnSigterm.TakeWhile(a => char.IsAsciiDigit(a.FirstOrDefault())).ToList();
        return answered.Count > 0 && answered[^1].StartsWith(NotReady, StringComparison.Ordinal)
            ? null
            : $"{r.Instance}: after SIGTERM the last answer of /readiness was {answered.LastOrDefault() ?? "none"}, not 503 ({string.Join(", ", r.OnSigterm)})";
    }

    private static bool IsReady(string answer) => answer.StartsWith(Ready, StringComparison.Ordinal);

    private static string Worst(IEnumerable<double?> seconds)
    {
        var all = seconds.ToList();
        return all.Count == 0 || all.Any(s => s is null) ? "never" : Invariant($"{all.Max():0.00} s");
    }
}
