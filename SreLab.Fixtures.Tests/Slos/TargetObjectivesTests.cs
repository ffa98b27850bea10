using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Slos;

public sealed class TargetObjectivesTests : IDisposable
{
    private const string Shipped = "\"targets\": {";

    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-targets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_shipped_file_gives_Kubernetes_its_own_limits_and_leaves_all_else()
    {
        var path = Repository.PathOf("slos.json");
        var defaults = Objectives.Load(path);
        var cluster = Objectives.Load(path, "existing");

        cluster.RecoveryTimeSeconds.Should().Be(120);
        cluster.MemberOutageWorstSeconds.Should().Be(5);
        cluster.PostmasterOutageWorstSeconds.Should().Be(6);
        cluster.AcknowledgedWritesLost.Should().Be(0);
        cluster.BenchLatencyP99Ms.Should().Be(defaults.BenchLatencyP99Ms);
        cluster.Replaced.Should().Contain("recoveryTimeSeconds 120 for 30");
        Objectives.Load(path, "k3s").RecoveryTimeSeconds.Should().Be(120);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("local")]
    [InlineData("external")]
    [InlineData("auto")]
    public void Targets_without_values_have_the_defaults(string? target)
    {
        var objectives = Objectives.Load(Repository.PathOf("slos.json"), target);

        objectives.RecoveryTimeSeconds.Should().Be(30);
        objectives.Replaced.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"targets\": { \"k8s\": {}, ", "targets.k8s: no such target; there are local, k3s, existing, external")]
    [InlineData("\"targets\": { \"local\": { \"recoveryTime\": 3 }, ", "targets.local.recoveryTime: a target has no objective of this name")]
    [InlineData("\"targets\": { \"local\": { \"serviceLevels\": {} }, ", "targets.local.serviceLevels: a target has no objective of this name")]
    [InlineData("\"targets\": { \"local\": { \"acknowledgedWritesLost\": 1 }, ", "targets.local.acknowledgedWritesLost: a target has no objective of this name")]
    [InlineData("\"targets\": { \"local\": { \"benchErrorRatio\": 0.1 }, ", "targets.local.benchErrorRatio is the same on every target")]
    [InlineData("\"targets\": { \"local\": { \"minimumLedgerRate\": 1 }, ", "targets.local.minimumLedgerRate is the same on every target")]
    [InlineData("\"targets\": { \"local\": { \"recoveryTimeSeconds\": 0 }, ", "targets.local.recoveryTimeSeconds must be a number greater than 0")]
    [InlineData("\"targets\": { \"local\": { \"recoveryTimeSeconds\": \"long\" }, ", "targets.local.recoveryTimeSeconds must be a number greater than 0")]
    [InlineData("\"targets\": { \"local\": { \"faultOutageSeconds\": { \"kill-container\": 6 } }, ", "targets.local.faultOutageSeconds names kill-container, which is no fault of this target")]
    [InlineData("\"targets\": { \"local\": { \"faultOutageSeconds\": { \"switchover\": 0 } }, ", "targets.local.faultOutageSeconds.switchover must be a number greater than 0")]
    [InlineData("\"targets\": { \"local\": { \"faultOutageSeconds\": 3 }, ", "targets.local.faultOutageSeconds must hold seconds by fault")]
    [InlineData("\"targets\": { \"local\": 3, ", "targets.local must hold objectives by name")]
    public void What_is_unknown_or_out_of_range_is_refused_by_name_whichever_target_runs(string with, string says)
    {
        var load = () => Load(text => text.Replace(Shipped, with, StringComparison.Ordinal));

        load.Should().Throw<LabException>().WithMessage($"objectives refused: 1 in slos.json.\n  {says}");
    }

    [Fact]
    public void Limits_of_faults_are_laid_over_the_defaults_one_by_one()
    {
        var path = Repository.PathOf("slos.json");
        var defaults = Objectives.Load(path).FaultOutageSeconds;
        var cluster = Objectives.Load(path, "existing");

        defaults.Should().NotContainKey(FaultKinds.KillContainer);
        cluster.FaultOutageSeconds.Keys.Should().BeEquivalentTo(FaultCatalogue.All.Select(e => e.Kind).Except([FaultKinds.KillPostmaster, FaultKinds.KillMember]));
        cluster.FaultOutageSeconds[FaultKinds.Switchover].Should().Be(8);
        cluster.FaultOutageSeconds[FaultKinds.PowerLoss].Should().Be(defaults[FaultKinds.PowerLoss]);
        cluster.Replaced.Should().Contain("switchover 8 for 4").And.NotContain(r => r.Contains(FaultKinds.KillContainer, StringComparison.Ordinal));
    }

    [Fact]
    public void A_platform_without_a_limit_for_one_of_its_faults_is_refused()
    {
        var load = () => Load(text => text.Replace("\"kill-container\": 6, ", "", StringComparison.Ordinal));

        load.Should().Throw<LabException>().WithMessage("objectives refused: 2 in slos.json.*targets.k3s.faultOutageSeconds lacks kill-container*targets.existing.faultOutageSeconds lacks kill-container*");
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var load = () => Load(text => text.Replace(Shipped, "\"targets\": { \"moon\": {}, \"local\": { \"a\": 1 }, ", StringComparison.Ordinal).Replace("\"recoveryTimeSeconds\": 30", "\"recoveryTimeSeconds\": 0", StringComparison.Ordinal));

        load.Should().Throw<LabException>().WithMessage("objectives refused: 3 in slos.json.*");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    public void What_is_no_object_is_unreadable(string text)
    {
        var load = () => Load(_ => text);

        load.Should().Throw<LabException>().WithMessage("objectives unreadable: slos.json: *");
    }

    private Objectives Load(Func<string, string> change)
    {
        var path = Path.Combine(_folder, "slos.json");
        File.WriteAllText(path, change(Repository.Read("slos.json")));
        return Objectives.Load(path);
    }
}
