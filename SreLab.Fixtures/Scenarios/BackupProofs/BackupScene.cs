using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>What every part of the backup proofs works with.</summary>
/// <param name="Fixture">The fixture of the assembly.</param>
/// <param name="Clock">The experiment's clock.</param>
/// <param name="Log">Told of every change of state.</param>
internal sealed record BackupScene(LabFixture Fixture, HistoryClock Clock, ExperimentLog Log)
{
    public ILab Lab => Fixture.Lab;

    public ILabBackups Backups => Fixture.Lab.Backups;

    /// <summary>Content hashes of the shop and of the tables that are destroyed on purpose.</summary>
    public static Task<IReadOnlyDictionary<string, string>> HashAsync(string connectionString, CancellationToken ct) =>
        ContentHash.ComputeAsync(connectionString, ["shop", DrillTables.Schema], ct);

    /// <summary>Who leads on which timeline, and how many follow: what restores beside the lab must not change.</summary>
    public async Task<string> DescribeLabAsync(CancellationToken ct)
    {
        var state = await Lab.GetClusterStateAsync(ct);
        return FormattableString.Invariant($"{state.Primary?.Member.Name ?? "nobody"} leads on timeline {state.Primary?.Timeline}, {state.StreamingStandbys.Count} stream");
    }

    /// <summary>Ends the segment, and looks whether the repository has it and everything before it.</summary>
    public async Task<ArchiveRecord> ArchiveAsync(CancellationToken ct)
    {
        var look = await Backups.ArchiveNowAsync(ct);
        var missing = (await Backups.RangeAsync(ct))?.Missing ?? [];
        Log.Event(FormattableString.Invariant(
            $"segment {look.Segment}: {(look.PostgresSaysSo ? "archived" : "not archived")}, {(look.IsThere ? "in the repository" : "not in the repository")} after {look.Seconds:0.0} s"));
        return new ArchiveRecord(look.Segment, look.PostgresSaysSo, look.IsThere, look.Seconds, [.. missing.Select(m => m.Name)]);
    }
}
