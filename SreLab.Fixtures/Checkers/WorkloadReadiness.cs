using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-readiness: an instance is ready, at the documented port, when it can serve, and not when it cannot reach its database.</summary>
/// <remarks>
/// While the database refuses the application, a ready instance says so within the limit, answers 503 where the database is needed,
/// and one that starts meanwhile is not ready before it is taken again.
/// </remarks>
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
        List<string> doubts = [];
        if (instances.Count == 0)
        {
            doubts.Add("no instance was asked");
        }

        if (instances.Any(i => i.Refused is null) || (battery.IsWhole && instances.All(i => i.StartedRefused is null)))
        {
            doubts.Add("not all instances were asked, or none was started, while the database refused them");
        }

        foreach (var silent in instances.Where(i => i.StartedRefused is { } answers && !answers.Any(IsAnswer)))
        {
            doubts.Add($"{silent.Instance}: started while the database refused it, it never answered: {string.Join(", ", silent.StartedRefused!)}");
        }

        return BatteryPart.Judge(
            "readiness follows the database",
            objective,
            Invariant($"false after {Worst(instances.Select(i => i.FalseAfterSeconds))}, true after {Worst(instances.Select(i => i.TrueAfterSeconds))} at worst"),
            [.. instances.SelectMany(Wrongs)],
            doubts,
            [.. instances.SelectMany(i => Lates(i, limit))]);
    }

    private static IEnumerable<string> Wrongs(ReadinessRecord i)
    {
        if (!IsReady(i.Healthy) || !IsReady(i.HealthyThroughSidecar))
        {
            yield return $"{i.Instance}: healthy, and not ready ({i.Healthy} at its port, {i.HealthyThroughSidecar} through the sidecar)";
        }

        if (i.FalseAfterSeconds is null)
        {
            yield return $"{i.Instance}: the database refused it, and it was ready all the time";
        }
        else if (i.FalseReason != "database")
        {
            yield return $"{i.Instance}: the database refused it, and the reason was {i.FalseReason}";
        }

        if (i.Refused is { } refused && !refused.StartsWith(NotReady, StringComparison.Ordinal))
        {
            yield return $"{i.Instance}: the database refused it, and GET /invoices was answered with {refused}, not with 503";
        }

        if (i.TrueAfterSeconds is null)
        {
            yield return $"{i.Instance}: the database took it again, and it was not ready while that was awaited";
        }

        if (i.StartedRefused is { } answers && answers.Any(IsReady))
        {
            yield return $"{i.Instance}: started while the database refused it, and it was ready: {string.Join(", ", answers)}";
        }
    }

    private static IEnumerable<string> Lates(ReadinessRecord i, double limit)
    {
        if (i.FalseAfterSeconds > limit)
        {
            yield return Invariant($"{i.Instance}: the database refused it, and it was ready for {i.FalseAfterSeconds:0.0} s more");
        }

        if (i.TrueAfterSeconds > limit)
        {
            yield return Invariant($"{i.Instance}: the database took it again, and it was not ready for {i.TrueAfterSeconds:0.0} s more");
        }
    }

    private static bool IsAnswer(string answer) => char.IsAsciiDigit(answer.FirstOrDefault());

    private static bool IsReady(string answer) => answer.StartsWith(Ready, StringComparison.Ordinal);

    private static string Worst(IEnumerable<double?> seconds)
    {
        var all = seconds.ToList();
        return all.Count == 0 || all.Any(s => s is null) ? "never" : Invariant($"{all.Max():0.00} s");
    }
}
