using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The benchmark: pgbench with the shop's own scripts, closed loop, open loop, then read-only on the standbys.</summary>
/// <remarks>
/// A closed loop says what the cluster can do, but its clients wait when the server waits, so it hides what a stall costs. The
/// open loop keeps its schedule whatever happens and counts latency from the scheduled start. Figures come from the
/// raw logs of every transaction; pgbench prints no percentile, and calls nothing failed when all of its clients died.
/// </remarks>
public static class Benchmark
{
    private const string SamplesFile = PgbenchPass.Folder + "/samples.jsonl";

    /// <summary>Runs all passes and saves the record after each, so that a run that ends early leaves what it had.</summary>
    /// <param name="lab">A lab that is up and seeded.</param>
    /// <param name="settings">Mix, clients, seconds, rate.</param>
    /// <param name="store">Receives the record, the raw logs and the samples below <c>30-bench</c>.</param>
    /// <param name="progress">Told TPS, p99 and errors every few seconds.</param>
    /// <param name="metrics">Counts every transaction while the passes run; null when nobody looks.</param>
    /// <param name="ct">Ends the pass that runs.</param>
    /// <returns>The record; a later pass that could not start is missing from it.</returns>
    /// <exception cref="LabException">Not seeded, or pgbench could not even start the first pass.</exception>
    public static async Task<BenchRecord> RunAsync(ILab lab, LabSettings settings, RunStore store, IProgressLog progress, ClientMetrics? metrics, CancellationToken ct)
    {
        var startedUtc = DateTimeOffset.UtcNow;
        var closedPlan = await PlanAsync(lab, settings, ct);
        var (closed, seen) = await RunObservedAsync(lab, closedPlan, store, progress, metrics, ct);
        var record = new BenchRecord
        {
            StartedUtc = startedUtc,
            Passes = [closed],
            TopStatements = seen.TopStatements,
            WaitEvents = seen.WaitEvents,
            Host = seen.Host,
            WalBytes = seen.WalBytes,
            Stalls = RecurringStalls.Read(store, closed, SamplesFile),
        };
        store.Write(EvidenceFiles.Bench, record);

        if (BenchPlans.OpenLoop(settings, closedPlan, closed.Tps) is { } openPlan)
        {
            record = await AddAsync(record, openPlan, () => RunPassAsync(lab, Place.ReadWrite, openPlan, store, progress, metrics, ct), store, progress);
        }
        else
        {
            progress.Say("open-loop: not run, the closed loop gave no rate to take a share of; set RATE");
        }

        var readPlan = BenchPlans.ReadOnly(settings, closedPlan);
        return await AddAsync(record, readPlan, () => RunReadOnlyAsync(lab, readPlan, store, progress, metrics, ct), store, progress);
    }

    /// <summary>The closed-loop pass as settings and database ask for it; <c>with</c> makes others of it.</summary>
    /// <exception cref="LabException">Not seeded, or the mix names an unknown script.</exception>
    public static async Task<BenchPassPlan> PlanAsync(ILab lab, LabSettings settings, CancellationToken ct) =>
        BenchPlans.ClosedLoop(settings, await BenchPopulation.ReadAsync(lab.ConnectionString(Place.ReadWrite, DatabaseUser.App), ct)) with
        {
            LatencyObjectiveMs = Objectives.Load(Path.Combine(settings.RepositoryRoot, "slos.json")).BenchLatencyP99Ms,
        };

    /// <summary>Runs one pass as the application's user.</summary>
    /// <param name="lab">A lab that is up and seeded.</param>
    /// <param name="place">Where its clients connect.</param>
    /// <param name="plan">The pass; its name is the folder below <c>30-bench</c>, with a number added when there is one.</param>
    /// <param name="store">Receives logs and series.</param>
    /// <param name="progress">Told every few seconds.</param>
    /// <param name="metrics">Counts every transaction while it runs; null when nobody looks.</param>
    /// <param name="ct">Ends pgbench.</param>
    /// <returns>A record also of a pass that broke off: it says so in its errors.</returns>
    /// <exception cref="LabException">pgbench could not start.</exception>
    public static async Task<BenchPassRecord> RunPassAsync(
        ILab lab, Place place, BenchPassPlan plan, RunStore store, IProgressLog progress, ClientMetrics? metrics, CancellationToken ct)
    {
        var environment = lab.LibpqEnvironment(place, DatabaseUser.App);
        await LibpqProof.DemandAsync(lab, place, environment, ct);
        return await PgbenchPass.RunAsync(plan, lab.RunRecordedAsync, environment, store, progress, metrics, ct);
    }

    /// <summary>Runs one pass without a lab: against any server that holds the seeded schema.</summary>
    /// <param name="run">How pgbench is run.</param>
    /// <param name="environment">The <c>PG*</c> environment of the server.</param>
    /// <param name="plan">The pass.</param>
    /// <param name="store">Receives logs and series.</param>
    /// <param name="progress">Told every few seconds.</param>
    /// <param name="ct">Ends pgbench.</param>
    /// <returns>A record also of a pass that broke off: it says so in its errors.</returns>
    /// <exception cref="LabException">pgbench could not start.</exception>
    public static Task<BenchPassRecord> RunPassAsync(
        RunProgram run,
        IReadOnlyDictionary<string, string> environment,
        BenchPassPlan plan,
        RunStore store,
        IProgressLog progress,
        CancellationToken ct) =>
        PgbenchPass.RunAsync(plan, run, environment, store, progress, metrics: null, ct);

    /// <summary>Writes a plan's scripts below <c>30-bench/scripts</c> and returns the folder from which <see cref="BenchPassPlan.Arguments"/> find them.</summary>
    public static string WriteScripts(BenchPassPlan plan, RunStore store)
    {
        var scripts = store.PathOf(PgbenchPass.Folder + "/scripts");
        BenchScripts.Write(scripts, plan.Scripts.Select(script => script.Name));
        return Path.GetDirectoryName(scripts)!;
    }

    /// <summary>A later pass that cannot start is missing from the record, which its checkers call unknown; it does not hide the passes before it.</summary>
    private static async Task<BenchRecord> AddAsync(
        BenchRecord record, BenchPassPlan plan, Func<Task<BenchPassRecord>> run, RunStore store, IProgressLog progress)
    {
        try
        {
            record = record with { Passes = [.. record.Passes, await run()] };
            store.Write(EvidenceFiles.Bench, record);
        }
        catch (LabException e)
        {
            progress.Say($"{plan.Name}: not run: {e.Message}");
        }

        return record;
    }

    private static async Task<(BenchPassRecord Pass, BenchObservation Seen)> RunObservedAsync(
        ILab lab, BenchPassPlan plan, RunStore store, IProgressLog progress, ClientMetrics? metrics, CancellationToken ct)
    {
        var admin = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin)) { Database = lab.Endpoints.Database };
        using var passEnded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = new BenchObserver(admin.ConnectionString, store.PathOf(SamplesFile))
            .WatchAsync(TimeSpan.FromSeconds(plan.WarmupSeconds), TimeSpan.FromSeconds(plan.Seconds), passEnded.Token);
        BenchPassRecord pass;
        BenchObservation seen;
        try
        {
            pass = await RunPassAsync(lab, Place.ReadWrite, plan, store, progress, metrics, ct);
        }
        finally
        {
            seen = await EndAsync();
        }

        if (seen.WaitEvents.Count == 0 || seen.TopStatements.Count == 0)
        {
            progress.Say($"{plan.Name}: {(seen.WaitEvents.Count == 0 ? "wait events" : "statements (extension pg_stat_statements)")} could not be read; the record is without them");
        }

        return (pass, seen);

        async Task<BenchObservation> EndAsync()
        {
            await passEnded.CancelAsync();
            try
            {
                return await watching;
            }
            catch (Exception e)
            {
                progress.Say($"{plan.Name}: server and host could not be watched: {e.Message}");
                return BenchObservation.None;
            }
        }
    }

    private static async Task<BenchPassRecord> RunReadOnlyAsync(
        ILab lab, BenchPassPlan plan, RunStore store, IProgressLog progress, ClientMetrics? metrics, CancellationToken ct)
    {
        var reader = lab.ConnectionString(Place.ReadOnly, DatabaseUser.App);
        var before = await StandbyProbe.AskAsync(reader, ct);
        var pass = await RunPassAsync(lab, Place.ReadOnly, plan, store, progress, metrics, ct);
        return pass with { OnStandby = before & await StandbyProbe.AskAsync(reader, ct) };
    }
}
