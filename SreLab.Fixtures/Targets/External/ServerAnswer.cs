using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace SreLab.Fixtures.Targets.External;

/// <summary>A standby as its primary sees it.</summary>
/// <param name="Name">Its application name, which need not be its own alone.</param>
/// <param name="State">streaming, catchup and so on; empty when the role may not see it.</param>
/// <param name="SyncState">async, potential, sync or quorum.</param>
internal sealed record SeenStandby(string Name, string State, string SyncState);

/// <summary>What one server says about itself, by SQL alone.</summary>
internal sealed partial record ServerAnswer
{
    private const string Question =
        """
        select pg_is_in_recovery(),
            case when pg_is_in_recovery()
                then coalesce((select received_tli from pg_stat_wal_receiver), (select timeline_id from pg_control_checkpoint()))
                else ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end,
            (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - '0/0'::pg_lsn)::bigint,
            (select status from pg_stat_wal_receiver),
            (select conninfo from pg_stat_wal_receiver),
            array(select application_name || E'\t' || coalesce(state, '') || E'\t' || coalesce(sync_state, '') from pg_stat_replication),
            current_setting('synchronous_commit'), current_setting('synchronous_standby_names'), current_setting('server_version')
        """;

    /// <summary>It only replays.</summary>
    public required bool IsInRecovery { get; init; }

    /// <summary>The WAL branch.</summary>
    public required int Timeline { get; init; }

    /// <summary>Written or replayed up to here; null when nothing was replayed yet.</summary>
    public long? Position { get; init; }

    /// <summary>Of its receiver: streaming, waiting and so on; null without one.</summary>
    public string? ReceiverState { get; init; }

    /// <summary>The name under which its receiver calls; null without one.</summary>
    public string? ReceiverName { get; init; }

    /// <summary>Who receives from it.</summary>
    public IReadOnlyList<SeenStandby> Standbys { get; init; } = [];

    /// <summary>How many standbys a commit waits for.</summary>
    public int SynchronousStandbys { get; init; }

    /// <summary>Of PostgreSQL.</summary>
    public string Version { get; init; } = "";

    /// <summary>Asks.</summary>
    /// <exception cref="NpgsqlException">It does not answer, or refuses.</exception>
    public static async Task<ServerAnswer> AskAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Question, connection) { CommandTimeout = 5 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new ServerAnswer
        {
            IsInRecovery = reader.GetBoolean(0),
            Timeline = reader.GetInt32(1),
            Position = await reader.IsDBNullAsync(2, ct) ? null : reader.GetInt64(2),
            ReceiverState = await reader.IsDBNullAsync(3, ct) ? null : reader.GetString(3),
            ReceiverName = await reader.IsDBNullAsync(4, ct) ? null : NameIn(reader.GetString(4)),
            Standbys = [.. (await reader.GetFieldValueAsync<string[]>(5, ct)).Select(s => s.Split('\t')).Select(s => new SeenStandby(s[0], s[1], s[2]))],
            SynchronousStandbys = CountIn(reader.GetString(6), reader.GetString(7)),
            Version = reader.GetString(8),
        };
    }

    /// <summary>The application name of a receiver's connection string, or what it falls back to.</summary>
    public static string NameIn(string connectionString)
    {
        var names = ApplicationName().Matches(connectionString).ToLookup(m => m.Groups["fallback"].Success, m => m.Groups["name"].Value.Trim('\''));
        return names[false].FirstOrDefault() ?? names[true].FirstOrDefault() ?? "walreceiver";
    }

    /// <summary>How many standbys a commit waits for.</summary>
    /// <param name="synchronousCommit">The setting; <c>off</c> and <c>local</c> wait for none.</param>
    /// <param name="standbyNames">The setting: a list, <c>FIRST n (list)</c>, <c>ANY n (list)</c> or <c>n (list)</c>.</param>
    public static int CountIn(string synchronousCommit, string standbyNames) =>
        synchronousCommit is "off" or "local" || standbyNames.Trim().Length == 0 ? 0
        : StandbyCount().Match(standbyNames) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : 1;

    [GeneratedRegex(@"(?:^|\s)(?<fallback>fallback_)?application_name=(?<name>'(?:[^'\\]|\\.)*'|\S+)")]
    private static partial Regex ApplicationName();

    [GeneratedRegex(@"^\s*(?:(?:FIRST|ANY)\s+)?(\d+)\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex StandbyCount();
}
