using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Fills every table that is not whole yet, the largest first, on several connections.</summary>
internal sealed class LoadPhase(SeedPlan plan, IReadOnlyDictionary<string, long> loaded)
{
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);
    private long _done;

    /// <summary>Rows that this phase has to load.</summary>
    public long Total { get; } = plan.Rows - loaded.Values.Sum();

    /// <summary>Where it stands.</summary>
    public string Status(double seconds)
    {
        var done = Interlocked.Read(ref _done);
        var rate = done / seconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{done:N0} of {Total:N0} rows, {rate:N0} rows/s, about {(rate > 0 ? (Total - done) / rate : 0):0} s left ({string.Join(", ", _running.Keys.Order(StringComparer.Ordinal))})");
    }

    /// <summary>Loads.</summary>
    /// <param name="connections">Sessions to share the tables out to.</param>
    /// <param name="ct">Cancels: whole tables stay, the rest is empty.</param>
    /// <returns>What to say at the end.</returns>
    public async Task<string> RunAsync(IReadOnlyList<NpgsqlConnection> connections, CancellationToken ct)
    {
        // Cells are what costs: a row of nine columns takes longer than one of five.
        var tables = new ConcurrentQueue<RowSource>(RowSource.All(plan)
            .Where(source => !loaded.ContainsKey(source.Table))
            .OrderByDescending(source => source.Rows * source.ColumnCount));
        using var any = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAll(connections.Select(connection => Task.Run(() => WorkAsync(connection, tables, any), any.Token)));
        return string.Create(CultureInfo.InvariantCulture, $"{Total:N0} rows");
    }

    private async Task WorkAsync(NpgsqlConnection connection, ConcurrentQueue<RowSource> tables, CancellationTokenSource any)
    {
        try
        {
            while (tables.TryDequeue(out var source))
            {
                _running[source.Table] = true;
                await TableLoader.LoadAsync(connection, source, rows => Interlocked.Add(ref _done, rows), any.Token);
                _running.TryRemove(source.Table, out _);
            }
        }
        catch
        {
            await any.CancelAsync();
            throw;
        }
    }
}
