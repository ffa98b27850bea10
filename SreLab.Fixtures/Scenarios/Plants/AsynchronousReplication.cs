using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Replication is asynchronous, and the primary dies with writes that no standby has.</summary>
/// <remarks>
/// The processes that send WAL are stopped, not those that receive it: a stopped receiver would read on from its socket when it is continued,
/// and the loss would depend on the size of a buffer.
/// </remarks>
internal sealed class AsynchronousReplication : Plant
{
    public override string Id => "asynchronous";

    public override string Defect => "synchronous replication is off, and the primary's WAL senders stand still when it is killed";

    public override PlantPoint Point => PlantPoint.BeforeFault;

    public override string SpecClass => "When_the_member_that_leads_is_killed";

    public override IReadOnlyList<string> MustBeRed => ["Every_acknowledged_write_survives_on_every_member"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        await lab.ConfigureAsync(
            new Dictionary<string, string?> { ["synchronous_mode"] = "false", ["synchronous_mode_strict"] = "false" }, ct);
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            "synchronous_standby_names to be empty",
            async token =>
            {
                var names = (string)(await AdminSql.RunAsync(lab, Place.ReadWrite, "select current_setting('synchronous_standby_names')", token))!;
                return (names.Length == 0 ? "empty" : null, $"'{names}'");
            },
            TimeSpan.FromMilliseconds(100),
            ct);

        foreach (var pid in await WalSendersAsync(lab, ct))
        {
            Posix.Kill(pid, Signal.Stop);
        }

        // Long enough for writes to be acknowledged that never leave the primary.
        await Task.Delay(TimeSpan.FromMilliseconds(300), ct);
        return TakenBackBy(
            () => lab.ConfigureAsync(
                new Dictionary<string, string?> { ["synchronous_mode"] = "true", ["synchronous_mode_strict"] = "true" }, CancellationToken.None),
            progress);
    }

    private static async Task<List<int>> WalSendersAsync(ILab lab, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select pid from pg_stat_replication", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<int> pids = [];
        while (await reader.ReadAsync(ct))
        {
            pids.Add(reader.GetInt32(0));
        }

        return pids;
    }
}
