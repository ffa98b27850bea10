using System.Diagnostics;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios.AlertProofs;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Seeding;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A lab that was left alone, then disturbed in every way that an alert is for.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class ProvenAlerts(LabFixture lab) : Scenario(lab, Stages.Alerts)
{
    /// <summary>Whether the settings ask for some alerts only.</summary>
    public bool IsNarrowed => Fixture.Settings.Alerts.Count > 0;

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        var files = new ObservabilityFiles(Fixture.Settings.RepositoryRoot);
        var rules = AlertRule.LoadAll(files);
        var selected = Select(rules);
        await Fixture.EnsureUpAsync(Stage, ct);
        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stages.Alerts);
        await LeftOvers.UndoAsync(Fixture.Lab, Fixture.Progress, ct);

        // Dashboards show the last backup, and one that an earlier run left failed would not be quiet.
        await FailedBackup.TakeNextAsync(Fixture.Lab, Fixture.Progress, ct);
        await using var workloads = await StageWorkloads.DeployAsync(Fixture.Lab, AskForWorkloads(selected), Fixture.Objectives, Fixture.Progress, ct);
        await QuietPeriod.WaitUntilCalmAsync(Fixture.Lab, Fixture.Progress, ct);
        await using var plant = await Fixture.PlantAsync(PlantPoint.BeforeAlerts, ct);

        var idle = await IdleAsync(ct);
        await workloads.StartClientsAsync(Fixture.Settings.Seed, ct);

        // Before the ledger: its writes would be slow beside clients that find out what the database can do.
        var rate = await AlertLoad.ShopRateAsync(Fixture.Lab, Fixture.Settings, Fixture.Objectives, Fixture.Run, Evidence.Bench, Fixture.Progress, ct);
        await using var load = await AlertLoad.StartAsync(Fixture.Lab, Fixture.Settings, Fixture.Objectives, Fixture.Run, Fixture.ClientMetrics, ct);
        await QuietPeriod.WaitUntilCalmAsync(Fixture.Lab, Fixture.Progress, ct);
        var loaded = await LoadedAsync(load, rate, ct);
        var context = new DisturbanceContext(Fixture.Lab, Fixture.Settings, Fixture.Progress, Fixture.ClientCounts, Fixture.FaultWindows, Stopwatch.StartNew())
        {
            WhyNoWorkloads = workloads.WhyNot,
            Workloads = workloads.Probes,
        };
        var before = await MetricsCheck.LookAsync(Fixture.Lab, MetricsCheck.BeforeFailover, ct);
        var proof = await DisturbedLab.RunAsync(selected, Fixture.Objectives, Fixture.Receiver, context, ct);
        if (!IsNarrowed)
        {
            // Only now there was a failover, and the last minutes hold everything that a dashboard shows.
            var after = await MetricsCheck.LookAsync(Fixture.Lab, MetricsCheck.AfterFailover, ct);
            Fixture.Run.Write(EvidenceFiles.Metrics, new MetricsRecord { Looks = [before, after], Named = NamedMetrics.In(files) });
            Fixture.Run.Write(EvidenceFiles.Panels, await PanelCheck.RunAsync(Fixture.Lab.Monitoring, files, ct));
        }

        var record = new AlertsRecord
        {
            Selected = [.. selected.Select(r => r.Name)],
            Rules = [.. rules.Select(r => r.Name)],
            Terms = Fixture.Lab.Monitoring.Terms,
            Quiet = [idle, loaded],
            Chains = proof.Chains,
            Uncaused = proof.Uncaused,
        };
        Fixture.Run.Write(EvidenceFiles.Alerts, record);
        await File.WriteAllTextAsync(Fixture.Run.PathOf(AlertSection.TableFile), AlertSection.Whole(record), ct);
    }

    /// <summary>The longest of the windows after which an alert of a budget is off again.</summary>
    private TimeSpan LookBack => Fixture.Objectives.ServiceLevels.BurnRates.Max(p => p.Short) / Fixture.Objectives.ServiceLevels.RunDivisor;

    private List<AlertRule> Select(IReadOnlyList<AlertRule> rules)
    {
        var asked = Fixture.Settings.Alerts;
        var unknown = asked.Except(rules.Select(r => r.Name)).ToList();
        return unknown.Count == 0
            ? [.. rules.Where(r => asked.Count == 0 || asked.Contains(r.Name))]
            : throw new LabException(
                $"alerts refused: there is no {string.Join(", ", unknown)}; nothing was touched.\n" +
                $"  known        {string.Join(", ", rules.Select(r => r.Name))}");
    }

    private static bool AskForWorkloads(List<AlertRule> selected) =>
        new BadRelease().Raises.Any(raised => selected.Exists(rule => rule.Name == raised.Alert));

    private Task<QuietRecord> IdleAsync(CancellationToken ct)
    {
        Fixture.Progress.Say($"quiet period: idle, {Fixture.Settings.QuietSeconds} s");
        return QuietPeriod.RunAsync(
            QuietPeriod.Idle,
            Fixture.Lab,
            Fixture.Receiver,
            Fixture.ClientCounts,
            LookBack,
            async token =>
            {
                await Task.Delay(TimeSpan.FromSeconds(Fixture.Settings.QuietSeconds), token);
                return 0;
            },
            ct);
    }

    private Task<QuietRecord> LoadedAsync(AlertLoad load, int rate, CancellationToken ct)
    {
        Fixture.Progress.Say($"quiet period: loaded, {rate} transactions/s for {Fixture.Settings.QuietSeconds} s");
        return QuietPeriod.RunAsync(
            QuietPeriod.Loaded,
            Fixture.Lab,
            Fixture.Receiver,
            Fixture.ClientCounts,
            LookBack,
            token => load.RunShopAsync(Fixture.Lab, Fixture.Settings, rate, Fixture.Run, Fixture.Progress, token),
            ct);
    }
}
