using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Companions;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>A fault of the catalogue while clients write: done once, recorded, judged by many checkers.</summary>
/// <remarks>
/// The order is the experiment: whole cluster, load, steady state, a random moment, break, see the break, follow what the catalogue says
/// must follow, take it back, heal, more load, stop, catch up, read back. A run too quiet to be evidence is refused before the fault, never
/// passed after it. On every path out the cluster is healed and what was seen is saved.
/// </remarks>
public static class FaultExperiment
{
    /// <summary>Runs one repeat and saves it to <c>&lt;folder&gt;/&lt;kind&gt;-&lt;repeat&gt;/</c>.</summary>
    /// <param name="scene">Where.</param>
    /// <param name="entry">Which fault, and what has to follow.</param>
    /// <param name="repeat">1-based; decides the moment and the victim together with the seed.</param>
    /// <param name="ct">Cancels the experiment; the cluster is healed all the same.</param>
    /// <param name="second">A fault that falls as well once the first was seen; taken back with it.</param>
    /// <exception cref="LabException">The load was too low, the fault did not land, or a step did not come within its bound.</exception>
    public static async Task<FaultRecord> RunAsync(FaultScene scene, FaultEntry entry, int repeat, CancellationToken ct, FaultEntry? second = null)
    {
        var random = RandomOf(entry.Kind, repeat, scene.Settings.Seed);
        var lab = scene.Lab;
        var fault = FaultFactory.Create(entry.Kind, lab, await WholeCluster.WaitAsync(lab, Bounds.ClusterReady, ct).ConfigureAwait(false), random);
        try
        {
            await fault.PrepareAsync(ct).ConfigureAwait(false);
            return await BreakUnderLoadAsync(scene, entry, repeat, fault, second, random, ct).ConfigureAwait(false);
        }
        finally
        {
            await fault.CleanUpAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<FaultRecord> BreakUnderLoadAsync(FaultScene scene, FaultEntry entry, int repeat, LabFault fault, FaultEntry? second, Random random, CancellationToken ct)
    {
        var lab = scene.Lab;
        var minimumRate = Objectives.Load(Path.Combine(scene.Settings.RepositoryRoot, "slos.json")).MinimumLedgerRate;
        var before = await WholeCluster.WaitAsync(lab, Bounds.ClusterReady, ct).ConfigureAwait(false);
        if (entry.HitsPrimary && fault.Victim != before.Primary!.Member.Name)
        {
            throw new LabException($"fault refused: {entry.Kind} was to hit the primary, and {fault.Victim} is none any more; {before.Primary.Member.Name} leads.\n  look         make status\n  repeat       make failover");
        }

        var timings = await PatroniTimings.ReadAsync(lab, ct).ConfigureAwait(false);

        var name = FormattableString.Invariant($"{entry.Kind}-{repeat}");
        var folder = $"{scene.Folder}/{name}";
        var clock = new HistoryClock();
        var log = new ExperimentLog(name, clock, scene.Progress);
        await using var load = await FaultLoad.StartAsync(lab, scene.Settings, name, clock, scene.Store, folder, scene.Metrics, ct).ConfigureAwait(false);
        await using var companions = scene.HasCompanions ? await CompanionLoads.StartAsync(lab, scene.Settings.Seed, clock, scene.Store, folder, ct).ConfigureAwait(false) : null;
        using var over = new CancellationTokenSource();
        var breakSilence = log.BreakSilenceAsync(
            () => FormattableString.Invariant($"ledger at {load.Ledger.RatePerSecond:0} writes/s: {load.Ledger.Counts.Describe()}"), over.Token);
        try
        {
            log.Event(FormattableString.Invariant($"{load.Ledger.Options.Writers} writers and the probe started; primary is {before.Primary!.Member.Name} on timeline {before.Primary.Timeline}"));
            await load.Ledger.RequireRateAsync(minimumRate, ct).ConfigureAwait(false);
            await (companions?.WaitUntilAnsweredAsync(double.NegativeInfinity, ct) ?? Task.CompletedTask).ConfigureAwait(false);
            var course = new FaultCourse(scene, entry, fault, load, clock, log)
            {
                Folder = folder,
                Companions = companions,
                Second = second is null ? null : FaultFactory.Create(second.Kind, lab, before, random),
                Start = FaultRecordStart.Of(entry.Kind, repeat, before.Primary!, timings, load, clock),
            };

            // Uniform in one loop_wait: a fixed phase of Patroni's loop would bias the outage by up to half of it.
            return await course.RunAsync(random.NextDouble() * TimeSpan.FromSeconds(timings.LoopWaitSeconds), ct).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await breakSilence.ConfigureAwait(false);
        }
    }

    // By name: a kind that is added to the catalogue must not change the moments of the others.
    private static Random RandomOf(string kind, int repeat, int seed) =>
        new(unchecked(kind.Aggregate(seed, (hash, letter) => (hash * 31) + letter) + (repeat * 7919)));
}
