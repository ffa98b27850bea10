using System.Globalization;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Joins what each server says about itself to one state of the cluster.</summary>
internal static class ServerViews
{
    /// <summary>A standby streams when its receiver says so and a primary sees one of its name stream; either alone may be out of date.</summary>
    /// <param name="answers">Every member with its answer; null where there was none.</param>
    public static ClusterState Combine(IReadOnlyList<(Member Member, ServerAnswer? Answer)> answers)
    {
        var primaries = answers.Where(a => a.Answer is { IsInRecovery: false }).Select(a => a.Answer!).ToArray();
        var primary = primaries.Length == 1 ? primaries[0] : null;
        return new ClusterState([.. answers.Select(a => Of(a.Member, a.Answer, primary))]);
    }

    /// <summary>How many standbys a commit waits for, in the words of a cluster manager's settings.</summary>
    /// <param name="answers">Every member's answer; null where there was none.</param>
    public static IReadOnlyDictionary<string, string> SynchronousSettings(IEnumerable<ServerAnswer?> answers)
    {
        var count = answers.FirstOrDefault(a => a is { IsInRecovery: false })?.SynchronousStandbys ?? 0;
        return new Dictionary<string, string>
        {
            ["synchronous_mode"] = count > 0 ? "true" : "false",
            ["synchronous_node_count"] = count.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static MemberState Of(Member member, ServerAnswer? answer, ServerAnswer? primary)
    {
        if (answer is null)
        {
            return new MemberState(member, Role.Unknown, "unreachable", 0, null, false);
        }

        if (!answer.IsInRecovery)
        {
            return new MemberState(member, Role.Primary, "running", answer.Timeline, null, false);
        }

        // Standbys may share a name: what only some of them are cannot be said of this one.
        var seen = (primary?.Standbys ?? []).Where(s => s.Name == answer.ReceiverName).ToArray();
        var isStreaming = answer.ReceiverState == "streaming" && seen.Any(s => s.State == "streaming");
        return new MemberState(
            member,
            Role.Standby,
            isStreaming ? "streaming" : "not streaming",
            answer.Timeline,
            answer.Position is { } here && primary?.Position is { } there ? Math.Max(0, there - here) : null,
            isStreaming && seen.All(s => s.SyncState is "sync" or "quorum"));
    }
}
