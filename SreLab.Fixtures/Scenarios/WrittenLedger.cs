using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Seeding;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A ledger that was written to a healthy cluster and read back on every member: the control of every fault, and what a target without faults can show.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class WrittenLedger(LabFixture lab) : Scenario(lab, Stages.Bench)
{
    private const string Name = "undisturbed";

    // The judge of a fault wants writes on both sides of a moment: here nothing happens at it.
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stages.Bench);

        var before = await WholeCluster.WaitAsync(Fixture.Lab, Bounds.ClusterReady, ct);
        var timings = await PatroniTimings.ReadAsync(Fixture.Lab, ct);
        var clock = new HistoryClock();
        var log = new ExperimentLog(Name, clock, Fixture.Progress);
        await using var load = await FaultLoad.StartAsync(
            Fixture.Lab, Fixture.Settings, Name, clock, Fixture.Run, EvidenceFiles.UndisturbedFolder, Fixture.ClientMetrics, ct);
        await load.Ledger.RequireRateAsync(Fixture.Objectives.MinimumLedgerRate, ct);
        await Task.Delay(Load, ct);
        var middleMs = clock.NowMs;
        await Task.Delay(Load, ct);
        await load.StopAsync();
        log.Event($"load stopped: {load.Ledger.Counts.Describe()}");

        var after = await WholeCluster.WaitAsync(Fixture.Lab, Bounds.StandbysCaughtUp, ct);
        var members = new AfterHeal(Fixture.Lab);
        await members.WaitUntilCaughtUpAsync(after.Primary!.Member, ct);
        Fixture.Run.Write(EvidenceFiles.Undisturbed, FaultRecordStart.Of(Name, 1, before.Primary!, timings, load, clock) with
        {
            Signalled = "nothing",
            InjectedMs = middleMs,
            SeenMs = middleMs,
            NewPrimary = after.Primary.Member.Name,
            TimelineAfter = after.Primary.Timeline,
            MembersAfter = AfterHeal.Describe(after),
            ReadBackFiles = await members.ReadBackAsync(load.Ledger.Options.Run, EvidenceFiles.UndisturbedFolder, Fixture.Run, ct),
            Events = log.Events,
        });
    }
}
