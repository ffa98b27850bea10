using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>A standby receives, and does not replay.</summary>
internal sealed class PausedReplay(ILab lab, ClusterState before, Random random) : LabFault(lab, before)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Member _standby = Victims.Standby(before, random);

    public override string Victim => _standby.Name;

    public override string? Recovery => $"the replay of {Victim} was resumed";

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to have received what it has not replayed",
        async token => (await AskAsync("select pg_get_wal_replay_pause_state() = 'paused' and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()", token).ConfigureAwait(false) is true
            ? $"{Victim} has WAL that it does not replay"
            : null, "it replays"),
        ct);

    protected override async Task<string> BreakAsync(CancellationToken ct)
    {
        await AskAsync("select pg_wal_replay_pause()::text", ct).ConfigureAwait(false);
        return $"pg_wal_replay_pause() on {Victim}";
    }

    protected override async Task MendAsync(CancellationToken ct) => await AskAsync("select pg_wal_replay_resume()::text", ct).ConfigureAwait(false);

    private Task<object?> AskAsync(string question, CancellationToken ct) => DirectConnection.AskAsync(Lab, _standby, DatabaseUser.Admin, question, Patience, ct);
}
