using Npgsql;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Fills one table through binary COPY in one transaction, together with its entry in the manifest: a table is whole or empty.</summary>
/// <remarks>
/// COPY FREEZE writes rows as every later transaction sees them, so that no vacuum has to write all pages, and all replicas' pages,
/// a second time. It needs the table emptied in the same transaction, which is why a table has one connection and connections share tables out.
/// </remarks>
internal static class TableLoader
{
    /// <summary>Units written between two sends; a whole number of blocks of orders.</summary>
    private const int UnitsAtOnce = 16 * OrderLayout.Block;

    /// <summary>Loads a table.</summary>
    /// <param name="connection">A session of <see cref="SeedServer.OpenAsync"/>.</param>
    /// <param name="source">The rows.</param>
    /// <param name="loaded">Told how many rows were sent since the last call.</param>
    /// <param name="ct">Cancels: the table stays empty.</param>
    public static async Task LoadAsync(NpgsqlConnection connection, RowSource source, Action<int> loaded, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var truncate = new NpgsqlCommand($"truncate shop.{source.Table}", connection))
        {
            await truncate.ExecuteNonQueryAsync(ct);
        }

        await CopyAsync(connection, source, loaded, ct);
        await Manifest.AddTableAsync(connection, source.Table, source.Rows, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, RowSource source, Action<int> loaded, CancellationToken ct)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"copy shop.{source.Table} ({source.Columns}) from stdin with (format binary, freeze true)", ct);
        try
        {
            var buffer = new RowBuffer();
            buffer.Header();
            for (long from = 0; from < source.Units; from += UnitsAtOnce)
            {
                source.Write(buffer, from, Math.Min(source.Units, from + UnitsAtOnce));
                await copy.WriteAsync(buffer.Written, ct);
                loaded(buffer.Rows);
                buffer.Clear();
            }

            buffer.Trailer();
            await copy.WriteAsync(buffer.Written, ct);
        }
        catch
        {
            // Ending the stream as if it were whole would commit half a table. A session that is gone cannot be told, and need not be.
            try
            {
                await copy.CancelAsync();
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
            {
            }

            throw;
        }
    }
}
