using System.Globalization;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>What to do with a database as it was found: the rule alone, without a database.</summary>
/// <param name="Kind">How the outcome will read.</param>
/// <param name="DropSchema">Throw the schema away first.</param>
internal sealed record SeedDecision(SeedKind Kind, bool DropSchema)
{
    /// <summary>Decides.</summary>
    /// <param name="schemaOid">The schema <c>shop</c> that is there; null for none.</param>
    /// <param name="manifest">What the database says about its seed; null for nothing.</param>
    /// <param name="plan">What is asked for.</param>
    /// <param name="reseed">Whether rows of an earlier, different seed may be thrown away.</param>
    /// <exception cref="LabException">The schema is not ours, or holds something else and may not be thrown away: nothing was touched.</exception>
    public static SeedDecision Decide(uint? schemaOid, Manifest? manifest, SeedPlan plan, bool reseed)
    {
        if (schemaOid is null)
        {
            return new SeedDecision(SeedKind.Loaded, DropSchema: false);
        }

        if (manifest is null || manifest.SchemaOid != schemaOid)
        {
            throw new LabException(
                """
                seed refused: the database has a schema shop that this suite did not make; nothing was touched.
                  found        schema shop without a matching entry in srelab.seed_manifest
                  fix          rename or drop that schema yourself, or point the suite at another database
                """);
        }

        var same = manifest.Rows == plan.Rows && manifest.Seed == plan.Seed && manifest.Generator == SeedPlan.Generator;
        return (manifest.IsComplete, same) switch
        {
            (true, true) => new SeedDecision(SeedKind.AlreadySeeded, DropSchema: false),
            (false, true) => new SeedDecision(SeedKind.Resumed, DropSchema: false),
            (false, false) => new SeedDecision(SeedKind.StartedOver, DropSchema: true),
            (true, false) when reseed => new SeedDecision(SeedKind.StartedOver, DropSchema: true),
            _ => throw new LabException(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                seed refused: the database is filled with other rows than those asked for; nothing was touched.
                  found        ROWS={manifest.Rows} SEED={manifest.Seed} generator {manifest.Generator}, loaded {manifest.StartedUtc:yyyy-MM-dd HH:mm} UTC
                  asked        ROWS={plan.Rows} SEED={plan.Seed} generator {SeedPlan.Generator}
                  keep it      make seed ROWS={manifest.Rows} SEED={manifest.Seed}
                  replace it   make seed ROWS={plan.Rows} SEED={plan.Seed} RESEED=1, or: make down
                """)),
        };
    }
}
