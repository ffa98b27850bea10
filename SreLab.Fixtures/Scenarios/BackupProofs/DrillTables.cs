using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>Copies of seeded tables, in a schema of their own, which are destroyed as people destroy tables; and the moments before.</summary>
internal sealed class DrillTables(BackupScene scene)
{
    /// <summary>Nobody else's.</summary>
    public const string Schema = "backup_drill";

    private readonly List<MomentRecord> _moments = [];

    /// <summary>Moments so far.</summary>
    public IReadOnlyList<MomentRecord> Moments => _moments;

    /// <summary>Makes them; older ones are thrown away.</summary>
    public Task CreateAsync(CancellationToken ct) => ExecuteAsync(
        $"""
        drop schema if exists {Schema} cascade;
        create schema {Schema};
        create table {Schema}.invoices as table shop.invoices;
        create table {Schema}.customers as table shop.customers
        """,
        ct);

    /// <summary>Throws them away.</summary>
    public Task DropAsync(CancellationToken ct) => ExecuteAsync($"drop schema if exists {Schema} cascade", ct);

    /// <summary>Reads what is there and what time it is, then destroys something.</summary>
    /// <param name="name">What comes after the moment.</param>
    /// <param name="statement">That; empty for nothing.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task DestroyAsync(string name, string statement, CancellationToken ct)
    {
        var hashes = await BackupScene.HashAsync(scene.Lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin), ct);
        await using var planted = await scene.Fixture.PlantAsync(PlantPoint.AtMoment, ct);
        var before = scene.Clock.NowMs;
        var at = (DateTime)(await AdminSql.RunAsync(scene.Lab, Place.ReadWrite, "select clock_timestamp()", ct))!;
        var atMs = (before + scene.Clock.NowMs) / 2;
        var timeline = (await scene.Lab.GetClusterStateAsync(ct)).Primary?.Timeline ?? 0;
        _moments.Add(new MomentRecord(name, new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), atMs, timeline, hashes));
        scene.Log.Event(atMs, $"moment {name}: {hashes.Count} tables read on timeline {timeline.ToString(CultureInfo.InvariantCulture)}");

        // The statement is later than the moment by more than clocks can be wrong.
        await Task.Delay(TimeSpan.FromMilliseconds(300), ct);
        if (statement.Length > 0)
        {
            await ExecuteAsync(statement, ct);
            scene.Log.Event(statement);
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(scene.Lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
