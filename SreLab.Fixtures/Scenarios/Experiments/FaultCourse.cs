using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Companions;
using SreLab.Fixtures.Scenarios.Plants;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>From steady state to read-back: breaks, follows, recovers, and keeps the record as it grows.</summary>
internal sealed class FaultCourse(FaultScene scene, FaultEntry entry, LabFault fault, FaultLoad load, HistoryClock clock, ExperimentLog log)
{
    /// <summary>Load before a fault is taken back once its effect was followed, and on the whole cluster after the heal.</summary>
    private static readonly TimeSpan LoadAfter = TimeSpan.FromSeconds(3);

    private FaultRecord? _record;
    private IDisposable? _window;

    /// <summary>Relative to the run.</summary>
    public required string Folder { get; init; }

    /// <summary>What runs beside the ledger; null when nothing does.</summary>
    public required CompanionLoads? Companions { get; init; }

    /// <summary>A fault that falls as well once the first was seen; null for none.</summary>
    public LabFault? Second { get; init; }

    /// <summary>What is known before the fault.</summary>
    public required FaultRecord Start { get; init; }

    /// <summary>Runs the course.</summary>
    /// <param name="moment">How long after steady state the fault comes.</param>
    /// <param name="ct">Cancels it; what was broken is mended all the same.</param>
    public async Task<FaultRecord> RunAsync(TimeSpan moment, CancellationToken ct)
    {
        try
        {
            await using var planted = await scene.Plant(PlantPoint.BeforeFault, ct).ConfigureAwait(false);
            await Task.Delay(moment, ct).ConfigureAwait(false);
            await BreakAndFollowAsync(ct).ConfigureAwait(false);
            await RecoverAsync(ct).ConfigureAwait(false);
            await CollectAsync(ct).ConfigureAwait(false);
            return _record!;
        }
        finally
        {
            await MendAsync().ConfigureAwait(false);
            _window?.Dispose();
            await (Companions?.KeepLogsAsync(log) ?? Task.CompletedTask).ConfigureAwait(false);
            Save();
        }
    }

    private async Task BreakAndFollowAsync(CancellationToken ct)
    {
        var oldPrimary = scene.Lab.Members.First(m => m.Name == Start.OldPrimary);

        // Before the fault, so that its connections are open when it falls.
        await using var watch = new TakeoverWatch(new FailoverWatch(scene.Lab, oldPrimary, clock, entry.IsPlanned || entry.IsOfPlatform ? Bounds.SlowTakeover : Bounds.NewPrimaryAfterFailover), log, ct);
        await load.FsyncAsync().ConfigureAwait(false);
        var lease = await scene.Lab.Faults.LeaseLeftSecondsAsync(ct).ConfigureAwait(false);
        var leaseReadMs = clock.NowMs;

        _window = scene.Windows.Open(entry.Kind, fault.Victim);
        var injectedMs = clock.NowMs;
        watch.Begin();
        var signalled = await fault.InjectAsync(ct).ConfigureAwait(false);
        var seen = await fault.WaitUntilSeenAsync(ct).ConfigureAwait(false);
        _record = Start with
        {
            Victim = fault.Victim,
            Signalled = signalled,
            InjectedMs = injectedMs,
            SeenMs = clock.NowMs,
            SeenAs = seen,
            LeaseLeftSeconds = lease - ((injectedMs - leaseReadMs) / 1000),
        };
        log.Event(injectedMs, FormattableString.Invariant($"{signalled}; lease left {lease?.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} s"));
        log.Event(_record.SeenMs, seen);
        if (Second is not null)
        {
            log.Event(await Second.InjectAsync(ct).ConfigureAwait(false));
            log.Event(await Second.WaitUntilSeenAsync(ct).ConfigureAwait(false));
            _record = _record with { Signalled = $"{_record.Signalled}; then on {Second.Victim}" };
        }

        await FollowAsync(watch, ct).ConfigureAwait(false);
        _record = watch.Note(_record);
    }

    private async Task FollowAsync(TakeoverWatch watch, CancellationToken ct)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        switch (entry.Takeover)
        {
            case Takeover.Required:
                _record = await watch.RequireAsync(_record!).ConfigureAwait(false);
                break;
            case Takeover.Possible when entry.Writes != WritesDuring.Stop:
                // A takeover ends the wait: nothing more can follow.
                held.CancelAfter(entry.Hold);
                await watch.WaitAsync(held.Token).ConfigureAwait(false);
                break;
            default:
                await Task.Delay(entry.Hold, ct).ConfigureAwait(false);
                break;
        }

        if (entry.Writes == WritesDuring.Return)
        {
            // Where the old primary is still reached for a while, only a write after the takeover is one that came back.
            await WaitForWritesAsync(Math.Max(_record!.SeenMs, _record.PromotedMs ?? 0), ct).ConfigureAwait(false);
        }
    }

    private async Task WaitForWritesAsync(double afterMs, CancellationToken ct)
    {
        await Wait.UntilAsync(
            Bounds.WritesAfterFailover,
            "an acknowledged write after the fault",
            _ => Task.FromResult((load.Ledger.Counts.LastAcknowledgedSentMs > afterMs ? "acknowledged" : null, load.Ledger.Counts.Describe())),
            TimeSpan.FromMilliseconds(10),
            ct).ConfigureAwait(false);
        log.Event($"writes are acknowledged; {load.Ledger.Counts.Describe()}");
    }

    private async Task RecoverAsync(CancellationToken ct)
    {
        await Task.Delay(entry.Writes == WritesDuring.Stop ? TimeSpan.Zero : LoadAfter, ct).ConfigureAwait(false);
        await (Second?.RecoverAsync(ct) ?? Task.CompletedTask).ConfigureAwait(false);
        var recoverMs = clock.NowMs;
        await fault.RecoverAsync(ct).ConfigureAwait(false);
        if (fault.Recovery is { } recovery)
        {
            _record = _record! with { RecoveredMs = recoverMs };
            log.Event(recoverMs, recovery);
        }

        var healed = await fault.WaitUntilHealedAsync(ct).ConfigureAwait(false);
        _window?.Dispose();
        _record = _record! with { HealedMs = clock.NowMs, MembersAfter = AfterHeal.Describe(healed) };
        log.Event($"every member streams: {healed.Describe()}");
        if (entry.Writes != WritesDuring.Return)
        {
            await WaitForWritesAsync(recoverMs, ct).ConfigureAwait(false);
        }
    }

    private async Task CollectAsync(CancellationToken ct)
    {
        await Task.Delay(LoadAfter, ct).ConfigureAwait(false);
        await (Companions?.SeeTheEndAsync(_record!.HealedMs!.Value, log, ct) ?? Task.CompletedTask).ConfigureAwait(false);
        await (Companions?.StopAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        await load.StopAsync().ConfigureAwait(false);
        log.Event($"load stopped: {load.Ledger.Counts.Describe()}");

        var after = await WholeCluster.WaitAsync(scene.Lab, Bounds.StandbysCaughtUp, ct).ConfigureAwait(false);
        var primary = after.Primary!;
        _record = _record! with { NewPrimary = primary.Member.Name, TimelineAfter = primary.Timeline, MembersAfter = AfterHeal.Describe(after) };

        await using var planted = await scene.Plant(PlantPoint.BeforeReadBack, ct).ConfigureAwait(false);
        var members = new AfterHeal(scene.Lab);
        await members.WaitUntilCaughtUpAsync(primary.Member, ct).ConfigureAwait(false);
        _record = _record with { ReadBackFiles = await members.ReadBackAsync(load.Ledger.Options.Run, Folder, scene.Store, ct).ConfigureAwait(false) };
        log.Event($"ids read back on {scene.Lab.Members.Count} members");
        _record = _record with { HashesByMember = await members.HashAsync(scene.Hash, ct).ConfigureAwait(false) };
        log.Event($"content hashed on {scene.Lab.Members.Count} members");
        await (Companions?.SaveLogsAsync() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>After a failure: whatever is broken is mended, so that the next fault or stage finds a whole cluster.</summary>
    private async Task MendAsync()
    {
        if (!fault.IsOpen && Second is not { IsOpen: true })
        {
            return;
        }

        try
        {
            await (Second?.RecoverAsync(CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
            await fault.RecoverAsync(CancellationToken.None).ConfigureAwait(false);
            await fault.WaitUntilHealedAsync(CancellationToken.None).ConfigureAwait(false);
            log.Event("healed after a failure");
        }
        catch (Exception e)
        {
            // The failure that led here is the one to report; this one is kept with the evidence.
            log.Event($"not healed: {e.Message.Split('\n')[0]}; repair with: make up");
        }
    }

    private void Save()
    {
        if (_record is not null)
        {
            _record = _record with { Events = log.Events };
            scene.Store.Write($"{Folder}/{EvidenceFiles.FaultFileName}", _record);
        }
    }
}
