using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>How much there is in the database to work on.</summary>
internal static class BenchPopulation
{
    /// <summary>Reads the variables of the scripts: the highest id of customers, products and invoices; seeded ids have no gaps.</summary>
    /// <exception cref="LabException">The database is not seeded.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = ProvenConnections.Create(connectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(
                """
                select (select coalesce(max(id), 0)::bigint from shop.customers),
                       (select coalesce(max(id), 0)::bigint from shop.products),
                       (select coalesce(max(id), 0)::bigint from shop.invoices)
                """,
                connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var population = new Dictionary<string, long>
            {
                ["customers"] = reader.GetInt64(0),
                ["products"] = reader.GetInt64(1),
                ["invoices"] = reader.GetInt64(2),
            };
            return population.Values.All(count => count > 0)
                ? population
                : throw NotSeeded(string.Join(", ", population.Select(p => $"{p.Key} {p.Value}")), null);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw NotSeeded(e.MessageText, e);
        }
        catch (NpgsqlException e)
        {
            throw new LabException($"bench refused: the read-write endpoint does not answer: {e.Message}\n  repeat       make status", e);
        }
    }

    private static LabException NotSeeded(string seen, Exception? inner) => new(
        $"bench refused: the database is not seeded.\n  seen         {seen}\n  seed it      make seed", inner!);
}
