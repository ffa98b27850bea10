using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A reader on a standby holds up replay: it keeps a lock on a table that the primary has locked for itself, for a moment.</summary>
/// <remarks>
/// Not by <c>pg_wal_replay_pause()</c> nor by <c>recovery_min_apply_delay</c>: Patroni takes both back in its next loops. PostgreSQL would
/// end the reader after 30 s (<c>max_standby_streaming_delay</c>), so the standby is told to be patient; that setting Patroni leaves alone.
/// </remarks>
internal sealed class HeldReplay : IAsyncDisposable
{
    private const string Setting = "max_standby_streaming_delay";

    private readonly NpgsqlConnection _reader;

    private HeldReplay(NpgsqlConnection reader)
    {
        _reader = reader;
    }

    /// <summary>Holds it up; disposing lets it go on, and <see cref="ResetAsync"/> takes the patience back.</summary>
    public static async Task<HeldReplay> StartAsync(ILab lab, Member standby, CancellationToken ct)
    {
        await AdminSql.RunAsync(lab, Place.On(standby), $"alter system set {Setting} = '10min'", ct);
        await AdminSql.RunAsync(lab, Place.On(standby), "select pg_reload_conf()", ct);
        var held = new HeldReplay(await ClientSession.OpenAsync(lab, Place.On(standby), ct));
        try
        {
            await ClientSession.ExecuteAsync(held._reader, $"begin; select 1 from {LedgerTable.Name} limit 1", ct);
            await AdminSql.RunAsync(lab, Place.ReadWrite, $"begin; lock table {LedgerTable.Name} in access exclusive mode; commit", ct);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    /// <summary>Makes a member as impatient with its readers as before; nothing happens when it is.</summary>
    /// <returns>Whether it was too patient.</returns>
    internal static async Task<bool> ResetAsync(ILab lab, Member member, CancellationToken ct)
    {
        const string isSet = $"select exists (select from pg_file_settings where name = '{Setting}' and sourcefile like '%/postgresql.auto.conf')";
        if (await AdminSql.RunAsync(lab, Place.On(member), isSet, ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.On(member), $"alter system reset {Setting}", ct);
        await AdminSql.RunAsync(lab, Place.On(member), "select pg_reload_conf()", ct);
        return true;
    }
}
