using System.Globalization;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Our restore of everything beside <c>pg_basebackup</c> and start of the same data; both clocks stop when the new server accepts writes.</summary>
internal static class RestoreComparison
{
    private const double Goal = 1.5;
    private const string Name = "compared";

    internal static async Task<Comparison> RunAsync(ILab lab, LabSettings settings, int pairs, IProgressLog progress, CancellationToken ct)
    {
        await lab.Backups.TakeAsync(BackupKind.Full, progress, ct);
        await lab.Backups.ArchiveNowAsync(ct);
        var (ours, peer) = await Comparison.InterleaveAsync(
            pairs,
            () => TimedAsync(lab, () => lab.Backups.RestoreAsync(new RestoreRequest(Name, null), progress, ct), ct),
            () => TimedAsync(lab, () => lab.Backups.CopyAsync(Name, progress, ct), ct));
        return new Comparison(
            string.Create(CultureInfo.InvariantCulture, $"restore of {settings.Rows:N0} rows against pg_basebackup and start of the same data"),
            "s",
            ours,
            peer,
            Goal,
            LowerIsBetter: true);
    }

    private static async Task<double> TimedAsync(ILab lab, Func<Task<RestoredCluster>> make, CancellationToken ct)
    {
        // What an earlier copy wrote and removed would still be on its way to the disk, and make each one slower than the one before.
        await ChildProcess.RunAsync("sync", [], null, null, null, ct);
        var cluster = await make();
        await lab.Backups.RemoveAsync(cluster.Name, CancellationToken.None);
        return cluster.Seconds;
    }
}
