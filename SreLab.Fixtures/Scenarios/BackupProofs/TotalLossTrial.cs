using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>Every member dies at once and its data is gone; what the repository holds is restored, and the lab is made again from it.</summary>
internal sealed class TotalLossTrial(BackupScene scene, FaultLoad load)
{
    /// <summary>Writes go on for a while after the last segment, so that there is something to lose.</summary>
    private static readonly TimeSpan WritesBefore = TimeSpan.FromSeconds(3);

    /// <summary>Loses, restores, recovers. The load is stopped afterwards.</summary>
    public async Task<LossRecord> RunAsync(CancellationToken ct)
    {
        await Task.Delay(WritesBefore, ct);
        await load.FsyncAsync();
        using var window = scene.Fixture.FaultWindows.Open("total-loss", "lab");
        var atMs = scene.Clock.NowMs;
        var what = await scene.Backups.Faults.LoseEverythingAsync(ct);
        var goneMs = scene.Clock.NowMs;
        scene.Log.Event(atMs, what);
        double? backSeconds = null;
        try
        {
            await load.StopAsync();
            var range = await scene.Backups.RangeAsync(ct) ?? throw new LabException("restore refused: the repository holds no backup any more.");
            var restore = await new RestoreTrial(scene, load.Ledger.Options.Run).RunAsync("after-loss", to: null, ct);
            await scene.Backups.Faults.RecoverAsync(scene.Fixture.Progress, ct);
            await WholeCluster.WaitAsync(scene.Lab, Bounds.ClusterReady, ct);
            backSeconds = (scene.Clock.NowMs - goneMs) / 1000;
            scene.Log.Event(FormattableString.Invariant($"the lab is whole again {backSeconds:0.0} s after the loss, the restore beside it included"));
            var file = $"{Stages.Backup}/lab-after-loss.ids";
            await LedgerTable.ReadBackAsync(
                scene.Lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin), load.Ledger.Options.Run, scene.Fixture.Run.PathOf(file), ct);
            return new LossRecord(what, atMs, goneMs, range.ToUtc, restore, backSeconds, file);
        }
        finally
        {
            if (backSeconds is null)
            {
                await scene.Backups.Faults.RecoverAsync(scene.Fixture.Progress, CancellationToken.None);
            }
        }
    }
}
