using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>One seed on one server, from the look at what is there to the last byte replayed.</summary>
internal sealed class SeedRun(SeedServer server, SeedPlan plan, bool reseed, IProgressLog log)
{
    private readonly TimeSpan _longest = TimeSpan.FromSeconds(300 + (plan.Rows / 2_000));
    private readonly SeedProgress _progress = new(log);

    /// <summary>Seeds.</summary>
    /// <exception cref="LabException">Refused, or interrupted by an error: the message says what to do.</exception>
    public async Task<SeedOutcome> RunAsync(CancellationToken ct)
    {
        try
        {
            await using var control = await server.OpenAsync(_longest, ct);
            await SeedLock.TakeAsync(control, ct);
            var manifest = await Manifest.ReadAsync(control, ct);
            var decision = SeedDecision.Decide(await SchemaOidAsync(control, ct), manifest, plan, reseed);
            if (decision.Kind == SeedKind.AlreadySeeded)
            {
                _progress.Say(string.Create(CultureInfo.InvariantCulture, $"already seeded with ROWS={plan.Rows} SEED={plan.Seed}; nothing was changed"));
                return await OutcomeAsync(control, SeedKind.AlreadySeeded, ct);
            }

            if (server.DataFolder is { } folder)
            {
                DiskSpace.Check(folder, plan.Rows, server.Standbys + 1);
            }

            await FillAsync(control, decision, ct);
            return await OutcomeAsync(control, decision.Kind, ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new LabException(
                $"""
                seed interrupted: {e.Message.Split('\n')[0]}
                  done         {(_progress.Phases.Count == 0 ? "no phase" : string.Join(", ", _progress.Phases.Select(p => p.Name)))}
                  repeat       make seed: whole tables are kept, the rest is loaded
                """,
                e);
        }
    }

    private async Task FillAsync(NpgsqlConnection control, SeedDecision decision, CancellationToken ct)
    {
        _progress.Say(decision.Kind switch
        {
            SeedKind.Resumed => "an interrupted seed of the same rows was found; it is resumed",
            SeedKind.StartedOver => "rows of an earlier seed are thrown away; starting over",
            _ => string.Create(CultureInfo.InvariantCulture, $"the database is empty; loading {plan.Rows:N0} rows with SEED={plan.Seed}"),
        });
        await _progress.RunAsync("schema", "12 tables", _ => "waiting for the server", async () =>
        {
            if (decision.Kind != SeedKind.Resumed)
            {
                await Manifest.BeginAsync(control, plan, decision.DropSchema, ct);
            }

            return "ready";
        });

        var connections = new List<NpgsqlConnection>();
        try
        {
            for (var i = 0; i < server.Connections; i++)
            {
                connections.Add(await server.OpenAsync(_longest, ct));
            }

            var whole = (await Manifest.TablesAsync(control, ct)).ToDictionary(t => t.Key, t => t.Value.Rows, StringComparer.Ordinal);
            var load = new LoadPhase(plan, whole);
            await _progress.RunAsync("load", $"binary COPY on {connections.Count} connections", load.Status, () => load.RunAsync(connections, ct));
            await BuildAsync("indexes", "keys, indexes and foreign keys", [.. SeedScripts.Keys(), .. SeedScripts.Identities(plan.RowsByTable)], connections, ct);
            await BuildAsync("analyze", "statistics", plan.RowsByTable.Keys.Select(t => new BuildStep($"analyze {t}", $"analyze shop.{t}", [t], false)), connections, ct);
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }

        var bound = Bounds.StandbysCaughtUp with { Length = Bounds.StandbysCaughtUp.Length + TimeSpan.FromSeconds(plan.Rows / 20_000.0) };
        await _progress.RunAsync("replay", "every standby replays the last byte", s => string.Create(CultureInfo.InvariantCulture, $"waiting for {s:0} s"), async () =>
        {
            await Manifest.FlushAsync(control, ct);
            await Replay.WaitAsync(server.Admin, server.Standbys, bound, ct);
            return string.Create(CultureInfo.InvariantCulture, $"{server.Standbys} standbys are level");
        });
        var seconds = Math.Round(_progress.Elapsed.TotalSeconds, 3);

        // The clock has stopped: what the rows were is for later questions, not part of loading them.
        var hashes = await ContentHash.ComputeAsync(server.App, ct);
        await Manifest.CompleteAsync(control, _progress.Phases, seconds, PeakMemory.Bytes(), hashes, ct);
        _progress.Say(string.Create(CultureInfo.InvariantCulture, $"done: {plan.Rows:N0} rows are there; {seconds:0.0} s until all had replayed"));
    }

    private async Task BuildAsync(string name, string starts, IEnumerable<BuildStep> steps, List<NpgsqlConnection> connections, CancellationToken ct)
    {
        var queue = new BuildQueue(await BuildPhase.MissingAsync(connections[0], steps, ct), plan.RowsByTable);
        var phase = new BuildPhase(queue);
        await _progress.RunAsync(name, string.Create(CultureInfo.InvariantCulture, $"{starts}, {queue.Total} statements"), phase.Status, () => phase.RunAsync(connections, ct));
    }

    private static async Task<uint?> SchemaOidAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select to_regnamespace('shop')::oid", connection);
        return await command.ExecuteScalarAsync(ct) as uint?;
    }

    private static async Task<SeedOutcome> OutcomeAsync(NpgsqlConnection connection, SeedKind kind, CancellationToken ct)
    {
        var manifest = (await Manifest.ReadAsync(connection, ct))!;
        var tables = await Manifest.TablesAsync(connection, ct);
        await using var size = new NpgsqlCommand("select pg_database_size(current_database())", connection);
        return new SeedOutcome
        {
            Kind = kind,
            StartedUtc = manifest.StartedUtc,
            Phases = manifest.Phases,
            Seconds = manifest.Seconds,
            PeakResidentBytes = manifest.PeakResidentBytes,
            DatabaseBytes = (long)(await size.ExecuteScalarAsync(ct))!,
            RowsByTable = tables.ToDictionary(t => t.Key, t => t.Value.Rows, StringComparer.Ordinal),
            HashesWhenSeeded = tables.ToDictionary(t => t.Key, t => t.Value.Hash, StringComparer.Ordinal),
        };
    }
}
