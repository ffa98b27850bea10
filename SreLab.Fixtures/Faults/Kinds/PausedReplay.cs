using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>A standby receives, and does not replay.</summary>
/// <remarks>Patroni lets a paused replay go on in its next loop, so the pause is asked for again all the time, over one connection.</remarks>
internal sealed class PausedReplay(ILab lab, ClusterState before, Random random) : LabFault(lab, before)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);
    private readonly Member _standby = Victims.Standby(before, random);
    private volatile bool _isOver;
    private Task _pausing = Task.CompletedTask;

    public override string Victim => _standby.Name;

    public override string? Recovery => $"the replay of {Victim} was resumed";

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to have received what it has not replayed",
        async token => (await AskAsync("select pg_get_wal_replay_pause_state() = 'paused' and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()", token).ConfigureAwait(false) is true
            ? $"{Victim} has WAL that it does not replay"
            : null, "it replays"),
        ct);

    protected override Task<string> BreakAsync(CancellationToken ct)
    {
        _pausing = Task.Run(PauseAsync, CancellationToken.None);
        return Task.FromResult($"pg_wal_replay_pause() on {Victim}, again whenever Patroni resumes it");
    }

    protected override async Task MendAsync(CancellationToken ct)
    {
        _isOver = true;
        await _pausing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await AskAsync("select pg_wal_replay_resume()::text", ct).ConfigureAwait(false);
    }

    private async Task PauseAsync()
    {
        await using var source = ProvenConnections.CreateSource(Lab.ConnectionString(Place.On(_standby), DatabaseUser.Admin));
        await using var connection = await source.OpenConnectionAsync().ConfigureAwait(false);
        while (!_isOver)
        {
            await using var command = new NpgsqlCommand("select pg_wal_replay_pause() where not pg_is_wal_replay_paused()", connection);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            await Task.Delay(Again).ConfigureAwait(false);
        }
    }

    private Task<object?> AskAsync(string question, CancellationToken ct) => DirectConnection.AskAsync(Lab, _standby, DatabaseUser.Admin, question, Patience, ct);
}
