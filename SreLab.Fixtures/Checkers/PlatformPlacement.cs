using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>Where the database's instances, volumes and ways in are.</summary>
public static class PlatformPlacement
{
    private const int LeastInstances = 3;

    /// <summary>instances-apart: one lost node takes one instance.</summary>
    public static Verdict Apart(PlatformRecord? platform)
    {
        const string Objective = "3 instances, 3 nodes";
        if (PlatformPart.Missing(platform, PlatformParts.Placement, platform?.Placement, Objective) is { } missing)
        {
            return missing;
        }

        var placement = platform!.Placement!;
        var nodes = placement.Instances.Select(i => i.Node).Where(n => n.Length > 0).Distinct().Count();
        return BatteryPart.Judge(
            Invariant($"{placement.Instances.Count} instances run on {nodes} nodes"),
            Objective,
            Invariant($"{placement.Instances.Count} instances, {nodes} nodes"),
            [
                .. placement.Instances.Count < Math.Max(placement.Wanted, LeastInstances) ? [Invariant($"{placement.Instances.Count} instances are there, and {Math.Max(placement.Wanted, LeastInstances)} are wanted")] : Array.Empty<string>(),
                .. placement.Instances.Where(i => !i.IsReady || i.Node.Length == 0).Select(i => $"{i.Name} is not ready"),
                .. placement.UsableNodes.Count < placement.Instances.Count ? [] : placement.Instances.Where(i => i.Node.Length > 0).GroupBy(i => i.Node).Where(g => g.Count() > 1)
                    .Select(g => Invariant($"{string.Join(" and ", g.Select(i => i.Name))} share node {g.Key}, although {placement.UsableNodes.Count} nodes take pods")),
            ],
            placement.UsableNodes.Count < placement.Instances.Count ? [Invariant($"{placement.Instances.Count} instances cannot be apart on {placement.UsableNodes.Count} node{(placement.UsableNodes.Count == 1 ? "" : "s")}")] : []);
    }

    /// <summary>volumes-bound: every instance has its data and its log on volumes of the class that was asked for.</summary>
    public static Verdict Bound(PlatformRecord? platform)
    {
        const string Objective = "data and log of each bound, class as asked";
        if (PlatformPart.Missing(platform, PlatformParts.Volumes, platform?.Volumes, Objective) is { } missing)
        {
            return missing;
        }

        var volumes = platform!.Volumes!;
        return BatteryPart.Judge(
            Invariant($"{volumes.Claims.Count} volumes of {volumes.Instances.Count} instances are bound, all of class {volumes.AskedClass}{(volumes.IsClassOurs ? ", which the lab made" : "")}"),
            Objective,
            Invariant($"{volumes.Claims.Count(c => c.Phase == "Bound")} of {volumes.Claims.Count} bound, class {volumes.AskedClass}"),
            [
                .. volumes.Claims.Where(c => c.Phase != "Bound" || c.VolumePhase != "Bound").Select(c => $"claim {c.Name} is {c.Phase}, its volume {(c.Volume.Length > 0 ? $"{c.Volume} is {c.VolumePhase}" : "is not there")}"),
                .. volumes.AskedClass.Length == 0 ? [] : volumes.Claims.Where(c => c.Class != volumes.AskedClass).Select(c => $"claim {c.Name} has class {c.Class}, and {volumes.AskedClass} was asked for"),
                .. volumes.Instances.SelectMany(i => new[] { "data", "wal" }.Where(r => volumes.Claims.All(c => c.Instance != i || c.Role != r)).Select(r => $"{i} has no volume for its {r}")),
                .. volumes.MustBeOurs && !volumes.IsClassOurs ? [$"class {volumes.AskedClass} is not the lab's own"] : Array.Empty<string>(),
                .. volumes.IsClassOurs ? volumes.Claims.Where(c => c.ReclaimPolicy != "Delete").Select(c => $"volume {c.Volume} would stay without its claim ({c.ReclaimPolicy})") : [],
            ],
            [
                .. volumes.Instances.Count == 0 ? ["no instance was seen"] : Array.Empty<string>(),
                .. volumes.AskedClass.Length == 0 ? ["the cluster asks for no class, so any would do"] : Array.Empty<string>(),
            ]);
    }

    /// <summary>balancer-reached: a client outside of the cluster reaches the primary, and a standby, through the load balancer.</summary>
    public static Verdict Reached(PlatformRecord? platform)
    {
        const string Objective = "primary and standby, TLS, from outside";
        if (PlatformPart.Missing(platform, PlatformParts.Doors, platform?.Doors, Objective) is { } missing)
        {
            return missing;
        }

        var doors = platform!.Doors!;
        return BatteryPart.Judge(
            string.Join("; ", doors.Select(d => Invariant($"{d.Name} {d.Address} of service {d.Service} answered {d.Answers.Count} of {d.Answers.Count}"))),
            Objective,
            string.Join(", ", doors.Select(d => Invariant($"{d.Name} {d.Answers.Count(a => a.Problem.Length == 0)} of {d.Answers.Count}"))),
            [
                .. doors.SelectMany(d => d.Answers.Where(a => a.Problem.Length > 0).Select(a => $"{d.Name} {d.Address} did not answer: {a.Problem}")),
                .. doors.SelectMany(d => Answered(d).Where(a => a.IsPrimary != (d.Name == ReadWrite)).Select(a => $"{d.Name} {d.Address} led to {a.Server}, a {(a.IsPrimary ? "primary" : "standby")}")),
                .. doors.SelectMany(d => Answered(d).Where(a => !a.IsEncrypted).Select(a => $"{d.Name} {d.Address} answered without TLS")),
            ],
            [
                .. new[] { ReadWrite, ReadOnly }.Where(n => doors.All(d => d.Name != n || d.Answers.Count == 0)).Select(n => $"{n} was not tried"),
                .. doors.Where(d => !d.IsBalanced).Select(d => $"{d.Name} was reached by a node's port: service {d.Service} has no load balancer's address"),
            ]);
    }

    private const string ReadWrite = "read-write";
    private const string ReadOnly = "read-only";

    private static IEnumerable<DoorAnswer> Answered(DoorRecord door) => door.Answers.Where(a => a.Problem.Length == 0);
}
