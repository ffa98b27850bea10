using System.Globalization;
using Npgsql;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Runs statements on several connections in the order that a <see cref="BuildQueue"/> allows.</summary>
internal sealed class BuildPhase(BuildQueue queue)
{
    /// <summary>Steps that the database does not have yet.</summary>
    public static async Task<IReadOnlyList<BuildStep>> MissingAsync(NpgsqlConnection connection, IEnumerable<BuildStep> steps, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select conname::text from pg_constraint where connamespace = 'shop'::regnamespace
            union select relname::text from pg_class where relnamespace = 'shop'::regnamespace and relkind in ('i', 'S')
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var there = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            there.Add(reader.GetString(0));
        }

        return [.. steps.Where(step => !there.Contains(step.Name))];
    }

    /// <summary>Where it stands.</summary>
    public string Status(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{queue.Done} of {queue.Total} done after {seconds:0} s ({string.Join(", ", queue.Running)})");

    /// <summary>Runs every step.</summary>
    /// <returns>What to say at the end.</returns>
    public async Task<string> RunAsync(IReadOnlyList<NpgsqlConnection> connections, CancellationToken ct)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAll(connections.Select(connection => WorkAsync(connection, any)));
        return string.Create(CultureInfo.InvariantCulture, $"{queue.Total} done");
    }

    private async Task WorkAsync(NpgsqlConnection connection, CancellationTokenSource any)
    {
        try
        {
            while (await queue.TakeAsync(any.Token) is { } step)
            {
                await using var command = new NpgsqlCommand(step.Sql, connection);
                await command.ExecuteNonQueryAsync(any.Token);
                queue.Finish(step);
            }
        }
        catch
        {
            await any.CancelAsync();
            throw;
        }
    }
}
