using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>What the database says about its seed: table <c>srelab.seed_manifest</c>, one row.</summary>
/// <param name="Rows">Rows asked for.</param>
/// <param name="Seed">Random seed.</param>
/// <param name="Generator">Version of the generator.</param>
/// <param name="IsComplete">All tables, keys and statistics are there.</param>
/// <param name="SchemaOid">The schema that was filled: another one by that name is not ours.</param>
/// <param name="StartedUtc">Start of the load.</param>
/// <param name="Phases">Durations; empty until complete.</param>
/// <param name="Seconds">Total; 0 until complete.</param>
/// <param name="PeakResidentBytes">Of the process that loaded; 0 until complete.</param>
internal sealed record Manifest(
    long Rows,
    int Seed,
    string Generator,
    bool IsComplete,
    uint SchemaOid,
    DateTimeOffset StartedUtc,
    IReadOnlyList<PhaseRecord> Phases,
    double Seconds,
    long PeakResidentBytes)
{
    /// <summary>Reads the manifest; null when there is none.</summary>
    public static async Task<Manifest?> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var exists = new NpgsqlCommand("select to_regclass('srelab.seed_manifest') is not null", connection))
        {
            if (await exists.ExecuteScalarAsync(ct) is not true)
            {
                return null;
            }
        }

        await using var command = new NpgsqlCommand(
            "select rows, seed, generator, state = 'complete', schema_oid, started_at, phases::text, seconds, peak_resident_bytes from srelab.seed_manifest",
            connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return !await reader.ReadAsync(ct)
            ? null
            : new Manifest(
                reader.GetInt64(0),
                reader.GetInt32(1),
                reader.GetString(2),
                reader.GetBoolean(3),
                await reader.GetFieldValueAsync<uint>(4, ct),
                await reader.GetFieldValueAsync<DateTimeOffset>(5, ct),
                JsonSerializer.Deserialize<List<PhaseRecord>>(reader.GetString(6), RunStore.Json) ?? [],
                reader.GetDouble(7),
                reader.GetInt64(8));
    }

    /// <summary>Makes schema and tables anew and notes that a load has begun, in one transaction: a schema <c>shop</c> of ours is never without its manifest.</summary>
    /// <param name="connection">A session of the seed.</param>
    /// <param name="plan">What will be loaded.</param>
    /// <param name="dropSchema">Throw the old schema away first; only for one that the manifest says is ours.</param>
    /// <param name="ct">Cancels: nothing is changed.</param>
    public static async Task BeginAsync(NpgsqlConnection connection, SeedPlan plan, bool dropSchema, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"""
            create schema if not exists srelab;
            drop table if exists srelab.seed_manifest, srelab.seed_table;
            create table srelab.seed_manifest (
                only_row boolean primary key default true check (only_row),
                rows bigint not null,
                seed integer not null,
                generator text not null,
                state text not null check (state in ('loading', 'complete')),
                schema_oid oid not null,
                started_at timestamptz not null default clock_timestamp(),
                finished_at timestamptz,
                phases jsonb not null default '[]',
                seconds double precision not null default 0,
                peak_resident_bytes bigint not null default 0
            );
            create table srelab.seed_table (
                name text primary key,
                rows bigint not null,
                content_hash text,
                loaded_at timestamptz not null default clock_timestamp()
            );
            {(dropSchema ? "drop schema shop cascade;" : "")}
            {SeedScripts.Tables}
            """,
            connection);
        await command.ExecuteNonQueryAsync(ct);

        await using var insert = new NpgsqlCommand(
            "insert into srelab.seed_manifest (rows, seed, generator, state, schema_oid) values ($1, $2, $3, 'loading', to_regnamespace('shop'))", connection)
        {
            Parameters = { new() { Value = plan.Rows }, new() { Value = plan.Seed }, new() { Value = SeedPlan.Generator } },
        };
        await insert.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Notes that a table is whole; part of the transaction that fills it.</summary>
    public static async Task AddTableAsync(NpgsqlConnection connection, string table, long rows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into srelab.seed_table (name, rows) values ($1, $2)", connection)
        {
            Parameters = { new() { Value = table }, new() { Value = rows } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Rows of the tables that are whole and their content hash (empty until complete), by name.</summary>
    public static async Task<IReadOnlyDictionary<string, (long Rows, string Hash)>> TablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select name, rows, coalesce(content_hash, '') from srelab.seed_table", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new Dictionary<string, (long, string)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            tables[reader.GetString(0)] = (reader.GetInt64(1), reader.GetString(2));
        }

        return tables;
    }

    /// <summary>Notes that everything is loaded and waits until the log is on disk: without it the last part would wait for the server's own pace.</summary>
    public static async Task FlushAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "begin; set local synchronous_commit = on; update srelab.seed_manifest set finished_at = clock_timestamp(); commit", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Notes the end with its figures. The commit waits for the synchronous standby: who reads "complete" may rely on every row.</summary>
    public static async Task CompleteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PhaseRecord> phases,
        double seconds,
        long peakResidentBytes,
        IReadOnlyDictionary<string, string> hashes,
        CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            with hashes as (
                update srelab.seed_table t set content_hash = h.hash from unnest($4, $5) as h (name, hash) where t.name = h.name
            )
            update srelab.seed_manifest
            set state = 'complete', finished_at = clock_timestamp(), phases = $1, seconds = $2, peak_resident_bytes = $3
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = JsonSerializer.Serialize(phases, RunStore.Json), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = seconds },
                new() { Value = peakResidentBytes },
                new() { Value = hashes.Keys.ToArray() },
                new() { Value = hashes.Values.ToArray() },
            },
        };
        await using (var wait = new NpgsqlCommand("set local synchronous_commit = on", connection))
        {
            await wait.ExecuteNonQueryAsync(ct);
        }

        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
