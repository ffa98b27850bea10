using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;

namespace SreLab.Fixtures.Tests.Evidence;

public sealed class RunFoldersTests : IDisposable
{
    private readonly LabSettings _settings = new() { RepositoryRoot = Directory.CreateTempSubdirectory("srelab-runs-").FullName, Target = "local" };

    private string Runs => Path.Combine(_settings.RepositoryRoot, "runs");

    public void Dispose() => Directory.Delete(_settings.RepositoryRoot, recursive: true);

    [Fact]
    public void Before_the_first_run_there_is_none()
    {
        RunFolders.Latest(_settings).Should().BeNull();
        RunFolders.OfLab(_settings, "lab-a").Should().BeNull();
        Directory.CreateDirectory(Runs);
        RunFolders.Latest(_settings).Should().BeNull();
        RunFolders.OfLab(_settings, "lab-a").Should().BeNull();
    }

    [Fact]
    public void A_new_run_says_what_it_is_and_becomes_the_latest()
    {
        var run = RunFolders.Create(_settings);

        run.TryRead<RunRecord>(EvidenceFiles.Run).Should().BeEquivalentTo(
            new { Id = Path.GetFileName(run.Folder), Target = "local", Profile = "full", Commit = "unknown", LabId = (string?)null });
        RunFolders.Latest(_settings)!.Folder.Should().Be(run.Folder);
    }

    [Fact]
    public void A_latest_run_that_was_deleted_is_none()
    {
        Directory.Delete(RunFolders.Create(_settings).Folder, recursive: true);

        RunFolders.Latest(_settings).Should().BeNull();
    }

    [Fact]
    public void A_run_belongs_to_the_lab_it_was_bound_to()
    {
        var run = RunFolders.Create(_settings);

        RunFolders.BelongsToAnotherLab(run, "lab-a").Should().BeFalse("nobody's evidence is in it yet");
        RunFolders.BindToLab(run, "lab-a");

        RunFolders.BelongsToAnotherLab(run, "lab-a").Should().BeFalse();
        RunFolders.BelongsToAnotherLab(run, "lab-b").Should().BeTrue();
    }

    [Fact]
    public void The_run_of_a_lab_is_its_newest_whatever_is_the_latest()
    {
        Stored("20261121T100000Z-local", "lab-a");
        Stored("20261121T110000Z-local", "lab-a");
        Stored("20261121T120000Z-local", "lab-b");
        RunFolders.Create(_settings);

        Path.GetFileName(RunFolders.OfLab(_settings, "lab-a")!.Folder).Should().Be("20261121T110000Z-local");
        RunFolders.OfLab(_settings, "lab-c").Should().BeNull();
    }

    [Fact]
    public void A_damaged_run_and_a_folder_that_is_no_run_do_not_hide_the_others()
    {
        Stored("20261121T100000Z-local", "lab-a");
        Stored("20261121T110000Z-local", "lab-a");
        File.WriteAllText(Path.Combine(Runs, "20261121T110000Z-local", EvidenceFiles.Run), """{ "id": "half""");
        Directory.CreateDirectory(Path.Combine(Runs, "zzz"));

        Path.GetFileName(RunFolders.OfLab(_settings, "lab-a")!.Folder).Should().Be("20261121T100000Z-local");
    }

    [Theory]
    [InlineData("orphaned-row")]
    [InlineData(Planting.Control)]
    public void A_run_with_a_planted_defect_and_its_control_never_become_anybodys_run(string plant)
    {
        var normal = RunFolders.Create(_settings);
        RunFolders.BindToLab(normal, "lab-a");
        var planted = RunFolders.Create(_settings with { Plant = plant });
        RunFolders.BindToLab(planted, "lab-b");

        Path.GetDirectoryName(planted.Folder).Should().Be(Path.Combine(Runs, "self-check"));
        RunFolders.Latest(_settings)!.Folder.Should().Be(normal.Folder);
        RunFolders.OfLab(_settings, "lab-b").Should().BeNull();
        RunFolders.Latest(_settings with { Plant = plant })!.Folder.Should().Be(planted.Folder);
        RunFolders.OfLab(_settings with { Plant = plant }, "lab-a").Should().BeNull();
    }

    private void Stored(string id, string labId)
    {
        Directory.CreateDirectory(Path.Combine(Runs, id));
        new RunStore(Path.Combine(Runs, id)).Write(EvidenceFiles.Run, new RunRecord
        {
            Id = id,
            StartedUtc = DateTimeOffset.UnixEpoch,
            Commit = "unknown",
            Target = "local",
            Profile = "full",
            LabId = labId,
            Settings = new Dictionary<string, string>(),
        });
    }
}
