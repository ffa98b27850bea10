using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Backups;

/// <summary>Ends the segment that the primary writes, and follows it into the repository.</summary>
internal static class EndedSegment
{
    // Without a record in it a segment is not ended.
    private const string End = "select pg_walfile_name(pg_switch_wal()) from (select pg_logical_emit_message(true, 'srelab', 'segment')) m";
    private const string SegmentBytes = "select setting from pg_settings where name = 'wal_segment_size'";
    private const string LastArchived = "select coalesce(last_archived_wal, '') from pg_stat_archiver";

    /// <summary>Ends it, and looks until PostgreSQL calls it archived and the repository has it, or it is given up.</summary>
    /// <param name="connectionString">To the primary, as the superuser.</param>
    /// <param name="isThere">Whether the repository has a segment.</param>
    /// <param name="interval">Pause between two looks.</param>
    /// <param name="ct">Cancels the wait.</param>
    public static async Task<ArchiveLook> FollowAsync(string connectionString, Func<WalSegment, CancellationToken, Task<bool>> isThere, TimeSpan interval, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(connectionString);
        await connection.OpenAsync(ct);
        var name = await TextAsync(connection, End, ct);
        var segment = WalSegment.Parse(name, ulong.Parse(await TextAsync(connection, SegmentBytes, ct), CultureInfo.InvariantCulture))!.Value;
        var clock = Stopwatch.StartNew();
        var (said, there) = (false, false);
        try
        {
            await Wait.UntilAsync(
                Bounds.ArchiverCatchesUp,
                $"segment {name} to be archived",
                async token =>
                {
                    said = said || string.CompareOrdinal(await TextAsync(connection, LastArchived, token), name) >= 0;
                    there = said && await isThere(segment, token);
                    return (said ? "archived" : null, "not archived");
                },
                interval,
                ct);
        }
        catch (LabException)
        {
            // What was seen is the answer; whoever asked judges it.
        }

        return new ArchiveLook(name, said, there, clock.Elapsed.TotalSeconds);
    }

    /// <summary>One value as text.</summary>
    public static async Task<string> TextAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
