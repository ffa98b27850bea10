using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Tests.Conventions;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

public sealed class CatalogueTests
{
    // What a probe checks itself, as the rule's file must say it: a threshold that is changed in one place fails here.
    private static readonly Dictionary<string, string> Thresholds = new()
    {
        ["LongTransaction"] = "> 60",
        ["ConnectionsHigh"] = "> 0.8",
        ["DeadlocksHigh"] = "[1m])) > 5",
        ["XidWraparoundNear"] = "> 300e6",
        ["BackupStale"] = "> 26 * 3600",
        ["BackupFailed"] = "== 1",
        ["DiskUsageHigh"] = "> 0.8",
        ["DiskWillFill"] = "[5m], 3600) < 0",
        ["ReplicationLagHigh"] = "> 5",
        ["MemberRestarted"] = "[1m]",
        ["RuleEvaluationFailing"] = "[1m]",
        ["TwoPrimaries"] = "> 1",
        ["NoPrimary"] = "== 0",
        ["WorkloadErrorsHigh"] = "> 0.01",
        ["WorkloadLatencyHigh"] = "> 0.01",
        ["WorkloadMemoryGrowing"] = "> 33554432",
        ["WorkloadConnectionsLeaking"] = ">= 10",
        ["PaymentsStuck"] = "[3s])) > 0",
    };

    private static readonly IReadOnlyList<IReadOnlyList<Disturbance>> Waves =
        [.. AllDisturbances.Waves(Objectives.Load(Repository.PathOf("slos.json"))).Select(w => w.Select(make => make()).ToArray())];

    private static IEnumerable<Disturbance> All => Waves.SelectMany(w => w);

    private static IReadOnlyList<AlertRule> Rules => AlertRule.LoadAll(new ObservabilityFiles(Repository.Root));

    [Fact]
    public void Every_alert_is_raised_by_one_disturbance_and_every_raised_one_has_a_rule() =>
        All.SelectMany(d => d.Raises).Select(r => r.Alert).Should().BeEquivalentTo(Rules.Select(r => r.Name));

    [Fact]
    public void A_probe_has_the_threshold_of_its_rule() =>
        Thresholds.Where(t => Rules.Where(r => r.Name == t.Key).Any(r => !r.Expression.Contains(t.Value, StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Fact]
    public void Every_disturbance_has_a_name_of_its_own_and_says_its_conditions()
    {
        All.Select(d => d.Name).Should().OnlyHaveUniqueItems().And.NotContain("");
        All.SelectMany(d => d.Raises).Select(r => r.Condition).Should().NotContain("");
        All.Should().OnlyContain(d => d.Raises.Count > 0);
    }

    [Fact]
    public void What_takes_the_primary_the_streams_the_store_the_clients_time_or_the_processors_is_alone() =>
        Waves.Where(w => w.Count > 1 && w.Any(d => d is LostPrimary or PromotedStandby or CutStreams or LostQuorum or SlowWrites or FailingRule or BadRelease))
            .Should().BeEmpty();

    [Fact]
    public void A_backup_fails_beside_nothing_that_writes_its_note_or_stops_the_archive() =>
        Waves.Single(w => w.Any(d => d is FailedBackup)).Should().NotContain(d => d is OldBackup || d is BrokenArchiving);

    [Fact]
    public void Clients_are_slowed_before_anything_stops_them() =>
        All.TakeWhile(d => d is not SlowWrites).Should().OnlyContain(d => d is FailingRule);

    [Fact]
    public async Task Before_its_cause_nothing_that_has_no_target_yet_holds()
    {
        var context = new DisturbanceContext(Lab: null!, Settings: null!, Progress: null!, new ClientCounts(), new FaultWindows(), System.Diagnostics.Stopwatch.StartNew());
        string[] targeted =
        [
            "LongTransaction", "ConnectionsHigh", "DeadlocksHigh", "WalArchivingFailing", "DiskUsageHigh", "DiskWillFill", "ReplicationLagHigh", "TargetDown",
            "ExporterFailing", "SyncStandbyMissing", "ReplicationBroken", "PostgresDown", "MemberRestarted", "EtcdNoLeader", "FailsafeActive",
            "AvailabilityBudgetBurnPage", "AvailabilityBudgetBurnTicket", "LatencyBudgetBurnPage", "LatencyBudgetBurnTicket",
            "WorkloadOutOfRotation", "WorkloadProbeFailing", "WorkloadErrorsHigh", "WorkloadLatencyHigh", "WorkloadMemoryGrowing", "WorkloadConnectionsLeaking", "PaymentsStuck",
        ];
        foreach (var alert in All.SelectMany(d => d.Raises).Where(r => targeted.Contains(r.Alert)))
        {
            (await alert.HoldsAsync(context, TestContext.Current.CancellationToken)).Should().BeFalse(alert.Alert);
        }
    }
}
