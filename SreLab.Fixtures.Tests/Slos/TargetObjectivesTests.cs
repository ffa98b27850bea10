using FluentAssertions;
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

        cluster.UpSeconds.Should().Be(300);
        cluster.DownSeconds.Should().Be(60);
        cluster.MemberOutageWorstSeconds.Should().Be(5);
        cluster.PostmasterOutageWorstSeconds.Should().Be(6);
        cluster.AcknowledgedWritesLost.Should().Be(0);
        cluster.BenchLatencyP99Ms.Should().Be(defaults.BenchLatencyP99Ms);
        cluster.Replaced.Should().Contain("upSeconds 300 for 15");
        Objectives.Load(path, "k3s").UpSeconds.Should().Be(300);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("local")]
    [InlineData("external")]
    [InlineData("auto")]
    public void Targets_without_values_have_the_defaults(string? target)
    {
        var objectives = Objectives.Load(Repository.PathOf("slos.json"), target);

        objectives.UpSeconds.Should().Be(15);
        objectives.Replaced.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"targets\": { \"k8s\": {}, ", "targets.k8s: no such target; there are local, k3s, existing, external")]
    [InlineData("\"targets\": { \"local\": { \"upSecond\": 3 }, ", "targets.local.upSecond: a target has no objective of this name")]
    [InlineData("\"targets\": { \"local\": { \"serviceLevels\": {} }, ", "targets.local.serviceLevels: a target has no objective of this name")]
    [InlineData("\"targets\": { \"local\": { \"acknowledgedWritesLost\": 1 }, ", "targets.local.acknowledgedWritesLost: a target has no objective of this name")]
    [InlineData("\"targets\": { \"local\": { \"benchErrorRatio\": 0.1 }, ", "targets.local.benchErrorRatio is the same on every target")]
    [InlineData("\"targets\": { \"local\": { \"minimumLedgerRate\": 1 }, ", "targets.local.minimumLedgerRate is the same on every target")]
    [InlineData("\"targets\": { \"local\": { \"upSeconds\": 0 }, ", "targets.local.upSeconds must be a number greater than 0")]
    [InlineData("\"targets\": { \"local\": { \"upSeconds\": \"long\" }, ", "targets.local.upSeconds must be a number greater than 0")]
    [InlineData("\"targets\": { \"local\": 3, ", "targets.local must hold objectives by name")]
    public void What_is_unknown_or_out_of_range_is_refused_by_name_whichever_target_runs(string with, string says)
    {
        var load = () => Load(text => text.Replace(Shipped, with, StringComparison.Ordinal));

        load.Should().Throw<LabException>().WithMessage($"objectives refused: 1 in slos.json.\n  {says}");
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var load = () => Load(text => text.Replace(Shipped, "\"targets\": { \"moon\": {}, \"local\": { \"a\": 1 }, ", StringComparison.Ordinal).Replace("\"upSeconds\": 15", "\"upSeconds\": 0", StringComparison.Ordinal));

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
