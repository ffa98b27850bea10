using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>One restore into a new cluster: made, read, removed.</summary>
internal sealed class RestoreTrial(BackupScene scene, string ledgerRun)
{
    /// <summary>Restores, and reads what came back. A restore that fails is a result, not an accident.</summary>
    /// <param name="name">What is restored; also the cluster's name.</param>
    /// <param name="to">The moment; null for everything that was archived.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<RestoreRecord> RunAsync(string name, DateTimeOffset? to, CancellationToken ct)
    {
        var startedMs = scene.Clock.NowMs;
        RestoredCluster cluster;
        try
        {
            cluster = await scene.Backups.RestoreAsync(new RestoreRequest(name, to), scene.Fixture.Progress, ct);
        }
        catch (LabException e)
        {
            scene.Log.Event($"{name} could not be restored: {e.Message.Split('\n')[0]}");
            return new RestoreRecord(name, to is not null, startedMs, null, e.Message, new Dictionary<string, string>(), null, Archives: false);
        }

        try
        {
            await using var planted = await scene.Fixture.PlantAsync(PlantPoint.AfterRestore, ct);
            var hashes = await BackupScene.HashAsync(cluster.ConnectionString, ct);
            var file = $"{Stages.Backup}/restored-{name}.ids";
            var writes = await LedgerTable.ReadBackAsync(cluster.ConnectionString, ledgerRun, scene.Fixture.Run.PathOf(file), ct);
            scene.Log.Event(FormattableString.Invariant($"{name}: restored in {cluster.Seconds:0.0} s, {hashes.Count} tables and {writes:N0} writes read"));
            return new RestoreRecord(name, to is not null, startedMs, cluster.Seconds, null, hashes, file, await scene.Backups.ArchivesAsync(cluster, ct));
        }
        finally
        {
            await scene.Backups.RemoveAsync(name, CancellationToken.None);
        }
    }
}
