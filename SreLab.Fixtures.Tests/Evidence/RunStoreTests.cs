using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Evidence;

public sealed class RunStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 15, 0, TimeSpan.Zero);
    private readonly string _runs = Path.Combine(Directory.CreateTempSubdirectory("srelab-store-").FullName, "runs");

    private string Latest => Path.Combine(_runs, "latest");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_runs)!, recursive: true);

    [Fact]
    public void A_run_is_named_after_its_start_in_UTC_and_its_target() =>
        Path.GetFileName(RunStore.Create(_runs, "local", Start.ToOffset(TimeSpan.FromHours(5))).Folder).Should().Be("20261121T101500Z-local");

    [Fact]
    public void Two_runs_of_one_second_have_folders_of_their_own()
    {
        var first = RunStore.Create(_runs, "local", Start);
        var second = RunStore.Create(_runs, "local", Start);

        second.Folder.Should().Be($"{first.Folder}-2");
    }

    [Fact]
    public void The_link_called_latest_leads_to_the_newest_run_and_moves_with_the_folder()
    {
        RunStore.Create(_runs, "local", Start);
        var second = RunStore.Create(_runs, "local", Start.AddMinutes(1));

        new DirectoryInfo(Latest).LinkTarget.Should().Be(Path.GetFileName(second.Folder));
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_replaced()
    {
        Directory.CreateDirectory(_runs);
        File.CreateSymbolicLink(Latest, "deleted-run");

        new DirectoryInfo(Latest).ResolveLinkTarget(returnFinalTarget: true)!.Exists.Should().BeFalse();
        RunStore.Create(_runs, "local", Start);
        new DirectoryInfo(Latest).ResolveLinkTarget(returnFinalTarget: true)!.Exists.Should().BeTrue();
    }

    [Fact]
    public void A_folder_called_latest_is_somebodys_and_stays()
    {
        Directory.CreateDirectory(Latest);
        File.WriteAllText(Path.Combine(Latest, "kept"), "");

        RunStore.Create(_runs, "local", Start);

        File.Exists(Path.Combine(Latest, "kept")).Should().BeTrue();
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused()
    {
        var open = () => new RunStore(Path.Combine(_runs, "none"));

        open.Should().Throw<LabException>().WithMessage("run not found: *");
    }

    [Fact]
    public void A_record_comes_back_as_it_was_written_and_leaves_nothing_beside_it()
    {
        var store = RunStore.Create(_runs, "local", Start);
        PhaseRecord[] phases = [new("load", double.NaN), new("analyze", 0.5)];

        store.Write("20-seed/phases.json", phases);

        store.TryRead<PhaseRecord[]>("20-seed/phases.json").Should().Equal(phases);
        Directory.GetFiles(Path.Combine(store.Folder, "20-seed")).Select(Path.GetFileName).Should().Equal("phases.json");
    }

    [Fact]
    public void A_write_that_fails_leaves_the_record_as_it_was()
    {
        var store = RunStore.Create(_runs, "local", Start);
        store.Write("phase.json", new PhaseRecord("load", 1));
        var write = () => store.Write("phase.json", new Unwritable("the process ends here"));

        write.Should().Throw<InvalidOperationException>();
        store.TryRead<PhaseRecord>("phase.json").Should().Be(new PhaseRecord("load", 1));
    }

    [Fact]
    public void A_write_that_was_interrupted_leaves_no_record_and_does_not_hinder_the_next()
    {
        var store = RunStore.Create(_runs, "local", Start);
        File.WriteAllText(store.PathOf("phase.json.tmp"), """{ "name": "lo""");

        store.TryRead<PhaseRecord>("phase.json").Should().BeNull();
        store.Write("phase.json", new PhaseRecord("load", 1));
        store.TryRead<PhaseRecord>("phase.json").Should().Be(new PhaseRecord("load", 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{ "id": "half a re""")]
    [InlineData("""{ "id": "other fields only" }""")]
    [InlineData("[]")]
    public void A_damaged_record_is_an_error_that_names_its_file(string content)
    {
        var store = RunStore.Create(_runs, "local", Start);
        File.WriteAllText(store.PathOf(EvidenceFiles.Run), content);
        var read = () => store.TryRead<RunRecord>(EvidenceFiles.Run);

        read.Should().Throw<LabException>().WithMessage("evidence unreadable: run.json is not a RunRecord: *");
    }

    [Fact]
    public void A_stage_that_is_set_aside_keeps_every_earlier_record()
    {
        var store = RunStore.Create(_runs, "local", Start);
        foreach (var attempt in new[] { "first", "second", "third" })
        {
            store.SetAside("30-bench");
            store.Write("30-bench/phase.json", new PhaseRecord(attempt, 1));
        }

        new[] { "30-bench.1", "30-bench.2", "30-bench" }.Select(f => store.TryRead<PhaseRecord>($"{f}/phase.json")!.Name)
            .Should().Equal("first", "second", "third");
    }

    [Fact]
    public void Nothing_is_set_aside_where_nothing_was_recorded()
    {
        var store = RunStore.Create(_runs, "local", Start);

        store.SetAside("30-bench");

        Directory.GetFileSystemEntries(store.Folder).Should().BeEmpty();
    }

    private sealed class Unwritable(string reason)
    {
        public string Name => throw new InvalidOperationException(reason);
    }
}
