using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>From steady state to read-back: breaks, follows, recovers, and keeps the record as it grows.</summary>
internal sealed class KillCourse(
    ILab lab, KillKind kind, int repeat, MemberState before, PatroniTimings timings, FaultLoad load, HistoryClock clock, ExperimentLog log)
{
    /// <summary>Load on the new primary alone before the dead member is started, and on the whole cluster after the heal.</summary>
    private static readonly TimeSpan LoadAfter = TimeSpan.FromSeconds(3);

    private readonly KillFault _fault = new(lab, kind, before.Member);
    private readonly FailoverWatch _watch = new(lab, before.Member, clock);
    private FaultRecord? _record;
    private IDisposable? _window;

    public required RunStore Store { get; init; }

    public required FaultWindows Windows { get; init; }

    public required string Folder { get; init; }

    public required Func<string, CancellationToken, Task<IReadOnlyDictionary<string, string>>> Hash { get; init; }

    public required Func<PlantPoint, CancellationToken, Task<IAsyncDisposable>> Plant { get; init; }

    public required bool Promotes { get; init; }

    /// <summary>Runs the course.</summary>
    /// <param name="moment">How long after steady state the fault comes.</param>
    /// <param name="ct">Cancels it; what was broken is mended all the same.</param>
    public async Task<FaultRecord> RunAsync(TimeSpan moment, CancellationToken ct)
    {
        try
        {
            await using var planted = await Plant(PlantPoint.BeforeFault, ct).ConfigureAwait(false);
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
            Save();
        }
    }

    private async Task BreakAndFollowAsync(CancellationToken ct)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(ct);

        // Before the fault, so that its connections are open when it falls.
        var promotion = _watch.WaitForPromotionAsync(watching.Token);
        Task<(string Leader, double AtMs)>? leadership = null;
        try
        {
            await load.FsyncAsync().ConfigureAwait(false);
            var lease = await lab.Faults.LeaseLeftSecondsAsync(ct).ConfigureAwait(false);
            var leaseReadMs = clock.NowMs;

            _window = Windows.Open(kind.FaultName(), before.Member.Name);
            var injectedMs = clock.NowMs;
            var signalled = await _fault.InjectAsync(ct).ConfigureAwait(false);
            leadership = _watch.WaitForLeaderAsync(watching.Token);
            await _fault.WaitUntilSeenAsync(ct).ConfigureAwait(false);
            _record = FaultRecordStart.Of(kind, repeat, before, timings, load, clock) with
            {
                Signalled = signalled,
                InjectedMs = injectedMs,
                SeenMs = clock.NowMs,
                LeaseLeftSeconds = lease - ((injectedMs - leaseReadMs) / 1000),
            };
            log.Event(injectedMs, FormattableString.Invariant($"{signalled} on {before.Member.Name}; lease left {lease?.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} s"));
            log.Event(_record.SeenMs, $"{before.Member.Name} refuses connections");

            if (!Promotes)
            {
                await WaitForWritesAsync(_record.SeenMs, ct).ConfigureAwait(false);
                return;
            }

            var (leader, leaderMs) = await leadership.ConfigureAwait(false);
            _record = _record with { NewLeaderMs = leaderMs };
            log.Event(leaderMs, $"{leader} holds the leader key");

            var (promoted, promotedMs) = await promotion.ConfigureAwait(false);
            _record = _record with { PromotedMs = promotedMs, NewPrimary = promoted.Name };
            log.Event(promotedMs, $"{promoted.Name} left recovery");
            await WaitForWritesAsync(_record.SeenMs, ct).ConfigureAwait(false);
        }
        finally
        {
            await watching.CancelAsync().ConfigureAwait(false);
            await ((Task)promotion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task?)leadership ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WaitForWritesAsync(double seenMs, CancellationToken ct)
    {
        await Wait.UntilAsync(
            Bounds.WritesAfterFailover,
            "an acknowledged write after the fault",
            _ => Task.FromResult((load.Ledger.Counts.LastAcknowledgedSentMs > seenMs ? "acknowledged" : null, load.Ledger.Counts.Describe())),
            TimeSpan.FromMilliseconds(10),
            ct).ConfigureAwait(false);
        log.Event($"writes are acknowledged again; {load.Ledger.Counts.Describe()}");
    }

    private async Task RecoverAsync(CancellationToken ct)
    {
        await Task.Delay(LoadAfter, ct).ConfigureAwait(false);
        await _fault.RecoverAsync(ct).ConfigureAwait(false);
        if (kind == KillKind.Member)
        {
            _record = _record! with { RecoveredMs = clock.NowMs };
            log.Event($"{before.Member.Name} was started again");
        }

        var healed = await _fault.WaitUntilHealedAsync(ct).ConfigureAwait(false);
        _window?.Dispose();
        _record = _record! with { HealedMs = clock.NowMs, MembersAfter = AfterHeal.Describe(healed) };
        log.Event($"every member streams: {healed.Describe()}");
    }

    private async Task CollectAsync(CancellationToken ct)
    {
        await Task.Delay(LoadAfter, ct).ConfigureAwait(false);
        await load.StopAsync().ConfigureAwait(false);
        log.Event($"load stopped: {load.Ledger.Counts.Describe()}");

        var after = await WholeCluster.WaitAsync(lab, Bounds.StandbysCaughtUp, ct).ConfigureAwait(false);
        var primary = after.Primary!;
        _record = _record! with { NewPrimary = primary.Member.Name, TimelineAfter = primary.Timeline, MembersAfter = AfterHeal.Describe(after) };

        await using var planted = await Plant(PlantPoint.BeforeReadBack, ct).ConfigureAwait(false);
        var members = new AfterHeal(lab);
        await members.WaitUntilCaughtUpAsync(primary.Member, ct).ConfigureAwait(false);
        _record = _record with { ReadBackFiles = await members.ReadBackAsync(load.Ledger.Options.Run, Folder, Store, ct).ConfigureAwait(false) };
        log.Event($"ids read back on {lab.Members.Count} members");
        _record = _record with { HashesByMember = await members.HashAsync(Hash, ct).ConfigureAwait(false) };
        log.Event($"content hashed on {lab.Members.Count} members");
    }

    /// <summary>After a failure: whatever is dead is started, so that the next fault or stage finds a whole cluster.</summary>
    private async Task MendAsync()
    {
        if (!_fault.IsOpen)
        {
            return;
        }

        try
        {
            await _fault.RecoverAsync(CancellationToken.None).ConfigureAwait(false);
            await _fault.WaitUntilHealedAsync(CancellationToken.None).ConfigureAwait(false);
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
            Store.Write($"{Folder}/{EvidenceFiles.FaultFileName}", _record);
        }
    }
}
