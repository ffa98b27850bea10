using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Joins what each member says about itself to one state of the cluster.</summary>
internal static class MemberViews
{
    /// <summary>Whether a standby streams is told by the primary, which sees it in <c>pg_stat_replication</c>; the standby would only guess.</summary>
    public static ClusterState Combine(IReadOnlyList<(Member Member, PatroniStatus? Status)> answers)
    {
        var primaries = answers.Where(a => a.Status?.Role == Role.Primary).Select(a => a.Status!).ToArray();
        var primary = primaries.Length == 1 ? primaries[0] : null;
        return new ClusterState([.. answers.Select(a => Of(a.Member, a.Status, primary))]);
    }

    private static MemberState Of(Member member, PatroniStatus? status, PatroniStatus? primary)
    {
        if (status is null)
        {
            return new MemberState(member, Role.Unknown, "unreachable", 0, null, false);
        }

        if (status.Role != Role.Standby || primary is null)
        {
            return new MemberState(member, status.Role, status.State, status.Timeline, null, false);
        }

        var isListed = primary.Standbys.TryGetValue(member.Name, out var seen);
        long? lag = status.Location is { } here && primary.Location is { } there ? Math.Max(0, there - here) : null;
        return new MemberState(
            member,
            Role.Standby,
            isListed ? seen.State : "not streaming",
            status.Timeline,
            lag,

            // PostgreSQL waits for it, and Patroni has it down as the one to promote: before both are true it is no safe heir.
            isListed && status.IsSynchronous && (seen.SyncState is "sync" or "quorum"));
    }
}
