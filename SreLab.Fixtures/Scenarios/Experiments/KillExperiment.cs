using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>The primary is killed while clients write: done once, recorded, judged by many checkers.</summary>
/// <remarks>
/// The order is the experiment: whole cluster, load, steady state, a random moment, break, see the break, failover, writes back, recover,
/// heal, more load, stop, catch up, read back. A run too quiet to be evidence is refused before the fault, never passed after it. On
/// every path out the cluster is healed and what was seen is saved.
/// </remarks>
public static class KillExperiment
{
    /// <summary>Runs one repeat and saves it to <c>40-failover/&lt;kind&gt;-&lt;repeat&gt;/</c>.</summary>
    /// <param name="lab">A lab that is up.</param>
    /// <param name="kind">How much of the primary dies.</param>
    /// <param name="repeat">1-based; decides the moment together with the seed.</param>
    /// <param name="settings">Writers, rate, seed.</param>
    /// <param name="store">Where the evidence goes.</param>
    /// <param name="progress">Told of every change of state.</param>
    /// <param name="metrics">Counts what the ledger's writers see; null when nobody looks.</param>
    /// <param name="windows">Told from when to when the primary is broken.</param>
    /// <param name="hash">Content hash by table, of the server behind a connection string.</param>
    /// <param name="plant">Called where a self-check may plant its defect; what it returns takes the defect back.</param>
    /// <param name="promotes">Whether a standby is to take over; with Patroni's default timings a dead postmaster is restarted in place instead.</param>
    /// <param name="ct">Cancels the experiment; the cluster is healed all the same.</param>
    /// <exception cref="LabException">The load was too low, the fault did not land, or a step did not come within its bound.</exception>
    public static async Task<FaultRecord> RunAsync(
        ILab lab,
        KillKind kind,
        int repeat,
        LabSettings settings,
        RunStore store,
        IProgressLog progress,
        ClientMetrics? metrics,
        FaultWindows windows,
        Func<string, CancellationToken, Task<IReadOnlyDictionary<string, string>>> hash,
        Func<PlantPoint, CancellationToken, Task<IAsyncDisposable>> plant,
        bool promotes,
        CancellationToken ct)
    {
        var minimumRate = Objectives.Load(Path.Combine(settings.RepositoryRoot, "slos.json")).MinimumLedgerRate;
        var before = await WholeCluster.WaitAsync(lab, Bounds.ClusterReady, ct).ConfigureAwait(false);
        var timings = await PatroniTimings.ReadAsync(lab, ct).ConfigureAwait(false);

        var fault = FormattableString.Invariant($"{kind.FaultName()}-{repeat}");
        var folder = $"{EvidenceFiles.Failover}/{fault}";
        var clock = new HistoryClock();
        var log = new ExperimentLog(fault, clock, progress);
        await using var load = await FaultLoad.StartAsync(lab, settings, fault, clock, store, folder, metrics, ct).ConfigureAwait(false);
        using var over = new CancellationTokenSource();
        var breakSilence = log.BreakSilenceAsync(
            () => FormattableString.Invariant($"ledger at {load.Ledger.RatePerSecond:0} writes/s: {load.Ledger.Counts.Describe()}"), over.Token);
        try
        {
            log.Event(FormattableString.Invariant($"{load.Ledger.Options.Writers} writers and the probe started; primary is {before.Primary!.Member.Name} on timeline {before.Primary.Timeline}"));
            await load.Ledger.RequireRateAsync(minimumRate, ct).ConfigureAwait(false);
            var course = new KillCourse(lab, kind, repeat, before.Primary, timings, load, clock, log)
            {
                Store = store,
                Windows = windows,
                Folder = folder,
                Hash = hash,
                Plant = plant,
                Promotes = promotes,
            };
            return await course.RunAsync(Moment(kind, repeat, settings.Seed, timings), ct).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await breakSilence.ConfigureAwait(false);
        }
    }

    /// <summary>Uniform in one loop_wait: a fixed phase of Patroni's loop would bias the outage by up to half of it.</summary>
    private static TimeSpan Moment(KillKind kind, int repeat, int seed, PatroniTimings timings) =>
        new Random(unchecked(seed + (repeat * 2) + (int)kind)).NextDouble() * TimeSpan.FromSeconds(timings.LoopWaitSeconds);
}
