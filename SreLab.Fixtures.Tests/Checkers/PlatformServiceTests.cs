using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class PlatformServiceTests
{
    private static readonly PlatformRecord Good = PlatformSamples.Good();

    [Fact]
    public void An_update_that_nobody_noticed_holds() =>
        PlatformService.RollingUpdate(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Objective = "0 failed, >= 1 ready", Measured = "0 of 1068 failed, 1 ready at least" });

    [Fact]
    public void Failed_requests_and_too_few_pods_are_broken()
    {
        Update(u => u with { Requests = new RequestsRecord(1000, 2, ["503 no endpoint"]) }).Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "2 of 1000 requests failed: 503 no endpoint" });
        Update(u => u with { LeastReady = 0 }).Summary.Should().Be("0 pods were ready at one moment, and 1 of 2 must be");
    }

    [Fact]
    public void An_update_that_replaced_nothing_or_was_not_watched_by_clients_proves_nothing()
    {
        Update(u => u with { NewPods = u.OldPods }).Kind.Should().Be(VerdictKind.Unknown);
        Update(u => u with { OldPods = [] }).Kind.Should().Be(VerdictKind.Unknown);
        Update(u => u with { Requests = new RequestsRecord(99, 0, []) }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void Out_and_back_holds() =>
        PlatformService.Autoscaling(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "2 to 5 and back" });

    [Fact]
    public void An_autoscaler_that_does_not_answer_load_or_its_end_is_broken()
    {
        Scaling(s => s with { OutAfterSeconds = null, ReadyUnderLoad = 2, BackAfterSeconds = null, Samples = [new AutoscalingSample(10, 2, 2, 180), new AutoscalingSample(40, 2, 2, 71), new AutoscalingSample(70, 2, 2, 75)] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "invoice-app stayed at 2 ready pods at 180 % of the request; it scales at 70 %" });
        Scaling(s => s with { BackAfterSeconds = null }).Summary.Should().Be("invoice-app did not come back to 2 pods after the load");
        Scaling(s => s with { Most = 4 }).Summary.Should().Be("invoice-app went to 5 pods, and 4 is the most");
    }

    [Fact]
    public void A_peak_that_is_over_before_the_autoscaler_waits_for_it_proves_nothing() =>
        Scaling(s => s with { OutAfterSeconds = null, ReadyUnderLoad = 2, Samples = [new AutoscalingSample(10, 2, 2, 119), new AutoscalingSample(60, 2, 2, 80), new AutoscalingSample(75, 2, 2, 40), new AutoscalingSample(90, 2, 2, 90)] })
            .Kind.Should().Be(VerdictKind.Unknown);

    [Theory]
    [InlineData(69)]
    [InlineData(null)]
    public void A_load_that_the_autoscaler_cannot_notice_proves_nothing(int? percent) =>
        Scaling(s => s with { OutAfterSeconds = null, ReadyUnderLoad = 2, Samples = [new AutoscalingSample(0, 2, 2, percent)] }).Kind.Should().Be(VerdictKind.Unknown);

    [Fact]
    public void Every_dashboard_of_ours_is_served_or_named()
    {
        PlatformService.Dashboards(Good).Kind.Should().Be(VerdictKind.Holds);
        PlatformService.Dashboards(Good with { Dashboards = Good.Dashboards! with { Served = [] } }).Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "Grafana has no dashboard 'SreLab / Overview'" });
        PlatformService.Dashboards(Good with { Dashboards = new DashboardsRecord([], []) }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void A_planned_change_is_drift()
    {
        PlatformService.Drift(Good).Kind.Should().Be(VerdictKind.Holds);
        PlatformService.Drift(Good with { Drift = ["helm_release.cluster: update"] }).Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "a plan would change helm_release.cluster: update" });
    }

    [Fact]
    public void What_was_not_inspected_is_unknown_with_its_reason()
    {
        foreach (var promise in Promises.All.Where(p => p.Stage == Fixtures.Lab.Stages.Platform))
        {
            Judge(promise, null).Summary.Should().Be("the platform was not inspected in this run");
            Judge(promise, new PlatformRecord { StartedUtc = DateTimeOffset.UnixEpoch }).Summary.Should().Be("was not inspected");
            Judge(promise, Good.Without(promise.Id, "there is none")).Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "there is none" });
            Judge(promise, Good.Failed(promise.Id, "403")).Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "could not be inspected: 403" });
            Judge(promise, Good).Kind.Should().Be(VerdictKind.Holds, promise.Id);
        }
    }

    private static Verdict Judge(Promise promise, PlatformRecord? record)
    {
        var folder = Directory.CreateTempSubdirectory("srelab-platform-").FullName;
        try
        {
            var run = new RunStore(folder);
            if (record is not null)
            {
                run.Write(EvidenceFiles.Platform, record);
            }

            return promise.Judge(new RunEvidence(run), Ledger.Objectives);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Verdict Update(Func<RollingUpdateRecord, RollingUpdateRecord> change) => PlatformService.RollingUpdate(Good with { RollingUpdate = change(Good.RollingUpdate!) });

    private static Verdict Scaling(Func<AutoscalingRecord, AutoscalingRecord> change) => PlatformService.Autoscaling(Good with { Autoscaling = change(Good.Autoscaling!) });
}
