using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>A page of a standby's table is damaged on disk: its checksum must tell, and a copy of the primary must mend it.</summary>
internal sealed class DamagedPage(ILab lab, ClusterState before, Random random) : LabFault(lab, before)
{
    private const string Table = "shop.warehouses";
    private const int Bytes = 16;

    // Within the rows, which lie at a page's end.
    private const int Offset = 8192 - 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Member _standby = Victims.Standby(before, random);

    public override string Victim => _standby.Name;

    public override string? Recovery => $"{Victim} threw its data away and copied the primary's";

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to refuse a read of {Table} for its checksum",
        async token => (await ReadAsync(token).ConfigureAwait(false) is { } error ? error : null, "the page is read"),
        ct,
        Bounds.ClusterReady);

    // A page that was written since the last checkpoint comes back whole from the WAL when the server starts.
    public override async Task PrepareAsync(CancellationToken ct)
    {
        await DirectConnection.CommandAsync(Lab, Primary, "checkpoint", ct).ConfigureAwait(false);
        await WholeCluster.WaitAsync(Lab, Bounds.Rejoin, ct).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(1), ct).ConfigureAwait(false);
        await DirectConnection.CommandAsync(Lab, _standby, "checkpoint", ct).ConfigureAwait(false);
    }

    /// <summary>The server is ended meanwhile: one that runs reads the page from its memory.</summary>
    protected override async Task<string> BreakAsync(CancellationToken ct)
    {
        var path = (string)(await DirectConnection.AskAsync(
            Lab, _standby, DatabaseUser.Admin, $"select current_setting('data_directory') || '/' || pg_relation_filepath('{Table}')", Patience, ct).ConfigureAwait(false)
            ?? throw new LabException($"fault refused: {Victim} does not tell where {Table} lies.\n  fix          make up (repairs the lab)"));
        var killed = await Lab.Faults.KillMemberAsync(_standby, ct).ConfigureAwait(false);
        try
        {
            await DamageAsync(path, ct).ConfigureAwait(false);
        }
        finally
        {
            await Lab.Faults.StartMemberAsync(_standby, CancellationToken.None).ConfigureAwait(false);
        }

        return $"{killed}; {Bytes} bytes inverted in the first page of {Table}; {Victim} started again";
    }

    protected override async Task MendAsync(CancellationToken ct)
    {
        await Lab.Faults.RebuildMemberAsync(_standby, ct).ConfigureAwait(false);
        await Wait.UntilAsync(
            Bounds.ClusterReady,
            $"{Victim} to read {Table} again",
            async token => (await DirectConnection.AskAsync(Lab, _standby, DatabaseUser.App, $"select count(*) from {Table}", Patience, token).ConfigureAwait(false) is null ? null : "read", "not yet"),
            TimeSpan.FromMilliseconds(200),
            ct).ConfigureAwait(false);
    }

    private async Task<string?> ReadAsync(CancellationToken ct)
    {
        try
        {
            await using var source = ProvenConnections.CreateSource(new NpgsqlConnectionStringBuilder(Lab.ConnectionString(Place.On(_standby), DatabaseUser.App)) { Timeout = 1 }.ConnectionString);
            await using var command = source.CreateCommand($"select count(*) from {Table}");
            await command.ExecuteScalarAsync(ct).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DataCorrupted)
        {
            return $"{Victim}: {e.MessageText}";
        }
        catch (NpgsqlException)
        {
            // It starts; not the error that is awaited.
            return null;
        }
    }

    private static async Task DamageAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var bytes = new byte[Bytes];
        file.Position = Offset;
        await file.ReadExactlyAsync(bytes, ct).ConfigureAwait(false);
        file.Position = Offset;
        await file.WriteAsync(Array.ConvertAll(bytes, b => (byte)~b), ct).ConfigureAwait(false);
    }
}
