using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class PlatformPromisesTests : IDisposable
{
    private readonly RunStore _run = new(Directory.CreateTempSubdirectory("srelab-platform-promises-").FullName);

    public void Dispose() => Directory.Delete(_run.Folder, recursive: true);

    [Theory]
    [InlineData("local", false)]
    [InlineData("external", false)]
    [InlineData("k3s", true)]
    [InlineData("existing", true)]
    public void A_report_lists_them_for_a_target_that_has_a_platform(string target, bool expected)
    {
        _run.Write(EvidenceFiles.Run, new RunRecord
        {
            Id = "r",
            StartedUtc = DateTimeOffset.UnixEpoch,
            Commit = "c",
            Target = target,
            Profile = SettingsProfile.Full,
            Settings = new Dictionary<string, string>(),
        });

        var listed = Promises.Judge(new RunEvidence(_run), Ledger.Objectives);

        listed.Any(v => v.Stage == Stages.Platform).Should().Be(expected);
        listed.Any(v => v.Subject == FaultKinds.KillContainer).Should().Be(expected);
        listed.Should().HaveCount(Promises.All.Count(p => p.Stage != Stages.Down && (expected || (p.Stage != Stages.Platform && FaultCatalogue.Find(p.Subject ?? "") is not { IsOfPlatform: true }))));
    }

    [Theory]
    [InlineData("local", false)]
    [InlineData("external", false)]
    [InlineData("k3s", true)]
    [InlineData("existing", true)]
    public void Their_specs_are_discovered_where_they_are_listed(string target, bool expected) =>
        TargetChoice.IsKubernetes(new LabSettings { Target = target }).Should().Be(expected);

    [Theory]
    [InlineData("existing", true)]
    [InlineData("local", false)]
    public void The_report_says_which_limits_are_a_targets_own(string target, bool expected)
    {
        var page = new StringBuilder();

        SloSection.Append(page, new RunEvidence(_run), [], Objectives.Load(Repository.PathOf("slos.json"), target));

        page.ToString().Contains("in place of the defaults: ", StringComparison.Ordinal).Should().Be(expected);
    }
}
