using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>Collects what every member holds once the cluster is whole and writes have stopped.</summary>
internal sealed class AfterHeal(ILab lab)
{
    /// <summary>Waits until every standby has replayed what the primary had flushed when this was called.</summary>
    public async Task WaitUntilCaughtUpAsync(Member primary, CancellationToken ct)
    {
        var flushed = await AskAsync(primary, "select pg_current_wal_flush_lsn()::text", ct).ConfigureAwait(false);
        foreach (var standby in lab.Members.Where(m => m != primary))
        {
            await Wait.UntilAsync(
                Bounds.StandbysCaughtUp,
                $"{standby.Name} to replay up to {flushed}",
                async token =>
                {
                    var replayed = await AskAsync(standby, $"select case when pg_last_wal_replay_lsn() >= '{flushed}' then 'caught up' else pg_last_wal_replay_lsn()::text end", token).ConfigureAwait(false);
                    return (replayed == "caught up" ? replayed : null, $"replayed up to {replayed}");
                },
                TimeSpan.FromMilliseconds(50),
                ct).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the ids of one experiment that each member holds to a file of its own.</summary>
    /// <returns>The files, relative to the run, by member.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ReadBackAsync(string run, string folder, RunStore store, CancellationToken ct)
    {
        var files = new Dictionary<string, string>();
        foreach (var member in lab.Members)
        {
            var file = $"{folder}/readback-{member.Name}.ids";
            await LedgerTable.ReadBackAsync(Direct(member), run, store.PathOf(file), ct).ConfigureAwait(false);
            files[member.Name] = file;
        }

        return files;
    }

    /// <summary>Content hashes of every member, one after the other: together they would fight for the machine.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> HashAsync(
        Func<string, CancellationToken, Task<IReadOnlyDictionary<string, string>>> hash,
        CancellationToken ct)
    {
        var hashes = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var member in lab.Members)
        {
            hashes[member.Name] = await hash(Direct(member), ct).ConfigureAwait(false);
        }

        return hashes;
    }

    /// <summary>The members as evidence.</summary>
    public static IReadOnlyList<MemberRecord> Describe(ClusterState state) =>
        [.. state.Members.Select(m => new MemberRecord(
            m.Member.Name,
            FormattableString.Invariant($"{m.Member.Host}:{m.Member.Port}"),
            m.Role switch { Role.Primary => "primary", Role.Standby => "standby", _ => "unknown" },
            m.State,
            m.Timeline,
            m.LagBytes,
            m.IsSynchronous))];

    private string Direct(Member member) => lab.ConnectionString(Place.On(member), DatabaseUser.App);

    private async Task<string> AskAsync(Member member, string question, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(Direct(member));
        await using var command = source.CreateCommand(question);
        return (string)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }
}
