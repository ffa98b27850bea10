using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Companions;

/// <summary>Tells a server to log a line, so that a copy of its log can be told from that of another server or of none.</summary>
internal static class LogMark
{
    /// <summary>The collector has written the line: it takes what comes through its pipe at once.</summary>
    private static readonly TimeSpan Written = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes it; a server that cannot be asked has none, which the log scan finds.</summary>
    /// <param name="connectionString">To the member itself; a standby is as good as the primary.</param>
    /// <param name="mark">Letters, digits and blanks.</param>
    public static async Task WriteAsync(string connectionString, string mark)
    {
        try
        {
            await using var source = ProvenConnections.CreateSource(connectionString);
            await using var command = source.CreateCommand($"do $$ begin raise log '{mark}'; end $$");
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // What is missing says so.
        }

        await Task.Delay(Written).ConfigureAwait(false);
    }
}
