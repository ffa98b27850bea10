using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Faults.Kinds;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>The whole of the backup proofs, under load: backups, moments, destruction, a failover, restores, refusals, a full disk, and the loss of everything.</summary>
/// <remarks>On every path out restored clusters are removed, the repository is mended, and the lab is whole.</remarks>
internal sealed class BackupCourse
{
    private const string Name = "backup";
    private readonly BackupScene _scene;
    private readonly DrillTables _drill;
    private readonly List<TakenRecord> _taken = [];
    private readonly Dictionary<string, string> _notCarriedOut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notOffered = new(StringComparer.Ordinal);

    public BackupCourse(LabFixture fixture)
    {
        var clock = new HistoryClock();
        _scene = new BackupScene(fixture, clock, new ExperimentLog(Name, clock, fixture.Progress));
        _drill = new DrillTables(_scene);
    }

    /// <summary>Carries it out.</summary>
    /// <exception cref="LabException">A backup could not be taken, or a step did not come within its bound. A restore that fails is for the judge.</exception>
    public async Task<BackupsRecord> RunAsync(CancellationToken ct)
    {
        await CleanAsync(ct);
        await WholeCluster.WaitAsync(_scene.Lab, Bounds.ClusterReady, ct);
        await TakeAsync(BackupKind.Full, ct);
        await _drill.CreateAsync(ct);
        await using var load = await FaultLoad.StartAsync(
            _scene.Lab, _scene.Fixture.Settings, Name, _scene.Clock, _scene.Fixture.Run, Stages.Backup, _scene.Fixture.ClientMetrics, ct);
        var isProven = false;
        try
        {
            var record = await ProveAsync(load, ct);
            isProven = true;
            return record;
        }
        finally
        {
            try
            {
                await load.StopAsync();
                await _drill.DropAsync(CancellationToken.None);
                await CleanAsync(CancellationToken.None);
            }
            catch (Exception e) when (!isProven)
            {
                // The failure that led here is the one to report; after a loss there may be no server to clean up on.
                _scene.Log.Event($"not cleaned up: {e.Message.Split('\n')[0]}");
            }
        }
    }

    private async Task<BackupsRecord> ProveAsync(FaultLoad load, CancellationToken ct)
    {
        await load.Ledger.RequireRateAsync(_scene.Fixture.Objectives.MinimumLedgerRate, ct);
        await TakeUnderLoadAsync(ct);
        await using var planted = await _scene.Fixture.PlantAsync(PlantPoint.AfterBackups, ct);
        await _drill.DestroyAsync("before-delete", $"delete from {DrillTables.Schema}.invoices", ct);
        await _drill.DestroyAsync("before-drop", $"drop table {DrillTables.Schema}.customers", ct);
        await FailOverAsync(ct);
        await _drill.DestroyAsync("after-failover", $"create table {DrillTables.Schema}.later as table shop.customers", ct);
        await _drill.DestroyAsync("latest", "", ct);
        var archive = await _scene.ArchiveAsync(ct);
        var damaged = await _scene.Backups.VerifyAsync(ct);
        var catalogue = await _scene.Backups.ReadAsync(ct);
        var before = await _scene.DescribeLabAsync(ct);
        await using var spoilt = await _scene.Fixture.PlantAsync(PlantPoint.BeforeRestores, ct);
        var restores = await RestoreAsync(load, ct);
        var refusals = await new RefusalTrials(_scene, _notCarriedOut, _notOffered).RunAsync(ct);
        var apart = new ApartRecord(
            before,
            await _scene.DescribeLabAsync(ct),
            _drill.Moments[^1].Hashes,
            await BackupScene.HashAsync(_scene.Lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin), ct),
            [.. _scene.Backups.Restored.Select(r => r.Name)]);
        var disk = await FillAsync(ct);
        var loss = await LoseAsync(archive, load, ct);
        return new BackupsRecord
        {
            StartedUtc = _scene.Clock.StartedUtc,
            Seconds = _scene.Clock.NowMs / 1000,
            Cipher = catalogue.Cipher,
            Taken = _taken,
            Damaged = damaged,
            Archive = archive,
            HistoryFile = load.HistoryFile,
            Moments = _drill.Moments,
            Restores = restores,
            Refusals = refusals,
            Apart = apart,
            Disk = disk,
            Loss = loss,
            NotCarriedOut = _notCarriedOut,
            NotOffered = _notOffered,
            Events = _scene.Log.Events,
        };
    }

    private async Task<IReadOnlyList<RestoreRecord>> RestoreAsync(FaultLoad load, CancellationToken ct)
    {
        var trial = new RestoreTrial(_scene, load.Ledger.Options.Run);
        var restores = new List<RestoreRecord>();
        foreach (var moment in _drill.Moments)
        {
            restores.Add(await trial.RunAsync(moment.Name, moment.Name == "latest" ? null : moment.AtUtc, ct));
        }

        return restores;
    }

    /// <summary>What only copies changes, where it can be had; else everything once more, so that one backup is taken while clients write.</summary>
    private async Task TakeUnderLoadAsync(CancellationToken ct)
    {
        BackupKind[] wanted = [BackupKind.Incremental, BackupKind.Differential];
        foreach (var kind in wanted)
        {
            if (_scene.Backups.Lacks.TryGetValue(kind, out var reason))
            {
                _notOffered[TakenRecord.NameOf(kind)] = reason;
            }
            else
            {
                await TakeAsync(kind, ct);
            }
        }

        if (wanted.All(_scene.Backups.Lacks.ContainsKey))
        {
            await TakeAsync(BackupKind.Full, ct);
        }
    }

    private async Task TakeAsync(BackupKind kind, CancellationToken ct)
    {
        var taken = await _scene.Backups.TakeAsync(kind, _scene.Fixture.Progress, ct);
        _taken.Add(new TakenRecord(taken.Set.Label, kind, taken.Seconds, taken.IsFromStandby, taken.Set.Bytes, taken.Set.RepositoryBytes));
        _scene.Log.Event(FormattableString.Invariant($"{kind.ToString().ToLowerInvariant()} backup {taken.Set.Label} in {taken.Seconds:0.0} s"));
    }

    private async Task FailOverAsync(CancellationToken ct)
    {
        var before = await WholeCluster.WaitAsync(_scene.Lab, Bounds.StandbyFollows, ct);

        // Where a dead postmaster is started again in place, only the loss of the whole member makes another timeline.
        var isWhole = _scene.Fixture.Target.WhyLacking(Capability.PostmasterFailover) is not null;
        var fault = new KilledPrimary(_scene.Lab, before, isWhole);
        using var window = _scene.Fixture.FaultWindows.Open(isWhole ? FaultKinds.KillMember : FaultKinds.KillPostmaster, fault.Victim);
        _scene.Log.Event($"{await fault.InjectAsync(ct)} on {fault.Victim}");
        await fault.WaitUntilSeenAsync(ct);
        await fault.RecoverAsync(ct);
        var after = (await fault.WaitUntilHealedAsync(ct)).Primary!;
        _scene.Log.Event(FormattableString.Invariant($"{after.Member.Name} leads on timeline {after.Timeline}, every member streams"));
    }

    private async Task<DiskFullRecord?> FillAsync(CancellationToken ct)
    {
        if (_scene.Backups.Faults.WhyNoDisk is not { } reason)
        {
            return await new FullDiskTrial(_scene).RunAsync(ct);
        }

        _notCarriedOut["disk-full"] = reason;
        return null;
    }

    private async Task<LossRecord?> LoseAsync(ArchiveRecord archive, FaultLoad load, CancellationToken ct)
    {
        if (await LossGate.WhyNotAsync(_scene, archive, ct) is not { } reason)
        {
            return await new TotalLossTrial(_scene, load).RunAsync(ct);
        }

        _notCarriedOut["total-loss"] = reason;
        return null;
    }

    private async Task CleanAsync(CancellationToken ct)
    {
        await _scene.Backups.Faults.UndoAsync(ct);
        foreach (var cluster in _scene.Backups.Restored)
        {
            await _scene.Backups.RemoveAsync(cluster.Name, ct);
        }
    }
}
