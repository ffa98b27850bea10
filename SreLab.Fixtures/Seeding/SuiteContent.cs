namespace SreLab.Fixtures.Seeding;

/// <summary>Content hashes of everything that the suite keeps in a database: the seeded tables, the ledger and the loads beside it.</summary>
public static class SuiteContent
{
    /// <summary>Schemas of the suite: the seeded one, and that of its workloads.</summary>
    public static IReadOnlyList<string> Schemas { get; } = ["shop", "srelab"];

    /// <summary>The table of the two-primaries probe, which commits without waiting for a standby: its rows may be lost with a primary.</summary>
    private const string MayDiffer = "srelab.probe";

    /// <summary>Hashes every table of the suite but the probe's own.</summary>
    /// <param name="connectionString">Any member; a standby is as good as the primary.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Hash by schema-qualified table name.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ComputeAsync(string connectionString, CancellationToken ct)
    {
        var hashes = await ContentHash.ComputeAsync(connectionString, Schemas, ct);
        return hashes.Where(h => h.Key != MayDiffer).ToDictionary(StringComparer.Ordinal);
    }
}
