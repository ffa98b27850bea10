using System.Text;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>One paragraph: how the lab came up and how the database was filled.</summary>
internal static class SeedSection
{
    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Bring-up and seed\n");
        page.Append(evidence.Up is { } up
            ? Invariant($"Lab {(up.WasUp ? "attached" : "up")} in {Figures.Seconds(up.Seconds)} with {up.Members.Count} members; a second bring-up took {Figures.Seconds(up.SecondSeconds)}. ")
            : $"Bring-up unknown: {evidence.WhyMissing(EvidenceFiles.Up)}. ");
        page.Append(evidence.Seed is { } seed ? Describe(seed) : $"Seed unknown: {evidence.WhyMissing(EvidenceFiles.Seed)}.");
        page.Append('\n');
    }

    private static string Describe(SeedRecord seed)
    {
        var rows = seed.Tables.Sum(t => t.Rows);
        var rate = seed.Seconds > 0 ? $" ({Figures.PerSecond(seed.RowsAsked / seed.Seconds)})" : "";
        var phases = string.Join(", ", seed.Phases.Select(p => $"{p.Name} {Figures.Seconds(p.Seconds)}"));
        var known = seed.WasSeeded ? "filled by an earlier run in" : "filled in";
        return Invariant($"{Figures.Count(rows)} rows in {seed.Tables.Count} tables, {Figures.Bytes(seed.DatabaseBytes)} with indexes, ")
            + $"{known} {Figures.Seconds(seed.Seconds)}{rate}: {phases}; peak memory {Figures.Bytes(seed.PeakResidentBytes)}. "
            + $"A second seed took {Figures.Seconds(seed.SecondSeconds)} and {(seed.SecondSaidUnchanged ? "changed nothing" : "**did not say that nothing changed**")}.";
    }
}
