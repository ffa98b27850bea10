using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Tests.Checkers;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class PromisesTests : IDisposable
{
    private readonly RunStore _run = new(Directory.CreateTempSubdirectory("srelab-promises-").FullName);

    public static TheoryData<string> Damages =>
        ["", "null", "[]", "{", "{}", """{ "members": null }""", """{ "startedUtc": "yesterday" }""", "\0\0\0\0"];

    public void Dispose() => Directory.Delete(_run.Folder, recursive: true);

    [Fact]
    public void Names_are_unique_and_in_kebab_case()
    {
        Promises.All.Should().OnlyHaveUniqueItems(p => p.Id).And.OnlyHaveUniqueItems(p => p.Text);
        Promises.All.Select(p => p.Id).Should().OnlyContain(id => id.Length > 0 && id.All(c => c == '-' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
    }

    [Fact]
    public void The_list_holds_every_promise_in_the_order_of_the_stages()
    {
        Promises.All.Should().BeEquivalentTo(
            typeof(Promises).GetProperties().Where(p => p.PropertyType == typeof(Promise)).Select(p => p.GetValue(null)).Concat(FaultPromises.All.SelectMany(f => f.Each)));
        Promises.All.Select(p => Stages.InOrder.ToList().IndexOf(p.Stage)).Should().BeInAscendingOrder().And.NotContain(-1);
    }

    [Fact]
    public void The_report_judges_every_promise_but_that_of_the_teardown() =>
        Promises.Judge(new RunEvidence(_run), Ledger.Objectives).Select(v => v.Id)
            .Should().Equal(Promises.All.Where(p => p.Stage != Stages.Down).Select(p => p.Id));

    [Fact]
    public void What_the_target_of_a_run_lacks_is_unknown_with_the_reason_whatever_the_record_says()
    {
        _run.Write(EvidenceFiles.Up, StageRecords.Up());
        NoListener().Kind.Should().Be(VerdictKind.Holds);

        _run.Write(EvidenceFiles.Run, new RunRecord
        {
            Id = "r",
            StartedUtc = DateTimeOffset.UnixEpoch,
            Commit = "c",
            Target = "external",
            Profile = "quick",
            Settings = new Dictionary<string, string>(),
            Lacks = new Dictionary<string, string> { [nameof(Capability.OwnListeners)] = "it was there before" },
        });

        NoListener().Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "not on TARGET=external: it was there before" });

        Verdict NoListener() => Promises.Judge(new RunEvidence(_run), Ledger.Objectives).Single(v => v.Id == Promises.NothingBeyondLoopback.Id).Verdict;
    }

    // Logs can be read on none of the targets that lack a stage's need, so a promise about them is skipped there all the same.
    [Fact]
    public void A_promise_needs_of_a_target_what_its_stage_needs() =>
        Promises.All.Where(p => Stages.NeedsOfTarget.TryGetValue(p.Stage, out var needed) && p.Needs != needed && p.Needs != Capability.ServerLogs && FaultCatalogue.Find(p.Subject ?? "") is not { IsOfPlatform: true })
            .Should().BeEmpty();

    [Fact]
    public void What_was_measured_not_to_be_there_is_unknown_with_that_reason()
    {
        _run.Write(EvidenceFiles.Run, new RunRecord
        {
            Id = "r",
            StartedUtc = DateTimeOffset.UnixEpoch,
            Commit = "c",
            Target = "existing",
            Profile = SettingsProfile.Full,
            Settings = new Dictionary<string, string>(),
        });

        RunFolders.NoteAbsent(_run, Capability.NetworkPolicies, "nobody enforces any");
        RunFolders.BindToLab(_run, "lab", new Dictionary<Capability, string> { [Capability.Lease] = "none" });

        var judged = Promises.Judge(new RunEvidence(_run), Ledger.Objectives).Where(v => v.Subject == FaultKinds.CutNetwork && v.Id != $"{FaultKinds.CutNetwork}-logs").ToList();
        judged.Should().HaveCount(8).And.OnlyContain(v => v.Verdict.Kind == VerdictKind.Unknown && v.Verdict.Summary == "not on TARGET=existing: nobody enforces any");
    }

    [Theory]
    [InlineData("quick", false)]
    [InlineData("full", true)]
    public void A_median_is_judged_where_there_are_several_repeats(string profile, bool isJudged)
    {
        _run.Write(EvidenceFiles.Run, new RunRecord
        {
            Id = "r",
            StartedUtc = DateTimeOffset.UnixEpoch,
            Commit = "c",
            Target = "local",
            Profile = profile,
            Settings = new Dictionary<string, string>(),
        });

        Promises.Judge(new RunEvidence(_run), Ledger.Objectives).Any(v => v.Id == Promises.PostmasterOutageMedian.Id).Should().Be(isJudged);
    }

    [Fact]
    public void An_empty_run_folder_leaves_every_promise_unknown() => Verdicts().Should().OnlyContain(v => v.Kind == VerdictKind.Unknown);

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_records_leave_every_promise_unknown(string content)
    {
        foreach (var file in new[] { EvidenceFiles.Up, EvidenceFiles.Seed, EvidenceFiles.Bench, $"{EvidenceFiles.Failover}/kill-member-1/{EvidenceFiles.FaultFileName}", EvidenceFiles.Down })
        {
            File.WriteAllText(_run.PathOf(file), content);
        }

        Verdicts().Should().OnlyContain(v => v.Kind == VerdictKind.Unknown && v.Summary.Length > 0 && !v.Summary.Contains('\n'));
    }

    [Fact]
    public void A_damaged_record_is_not_called_a_stage_that_did_not_run()
    {
        File.WriteAllText(_run.PathOf(EvidenceFiles.Up), "{");

        Judge(Promises.UpAgain).Summary.Should().StartWith("evidence unreadable: 10-up/up.json is not a UpRecord: ");
        Judge(Promises.SeedAgain).Summary.Should().Be("the database was not seeded in this run");
    }

    [Fact]
    public void A_record_of_values_that_no_run_writes_is_unknown_and_no_exception()
    {
        _run.Write(EvidenceFiles.Up, StageRecords.Up() with { Seconds = double.NaN, Members = [null!] });
        var seed = StageRecords.Seed();
        _run.Write(EvidenceFiles.Seed, seed with { Tables = [.. seed.Tables, seed.Tables[0]] });

        Judge(Promises.ThreeMembers).Summary.Should().StartWith("evidence of 10-up makes no sense: NullReferenceException: ");
        Judge(Promises.SeedSameEverywhere).Kind.Should().Be(VerdictKind.Unknown);
        Judge(Promises.EverythingScraped).Kind.Should().Be(VerdictKind.Holds, "a promise that rests on sound values is judged");
    }

    [Fact]
    public void One_damaged_record_does_not_touch_the_promises_of_other_stages()
    {
        _run.Write(EvidenceFiles.Seed, StageRecords.Seed());
        _run.Write(EvidenceFiles.Down, StageRecords.Down());
        File.WriteAllText(_run.PathOf(EvidenceFiles.Up), "{");

        Promises.All.Where(p => Judge(p).Kind == VerdictKind.Holds).Select(p => p.Stage).Distinct().Should().Equal(Stages.Seed, Stages.Down);
    }

    [Fact]
    public void A_fault_whose_history_is_gone_leaves_every_promise_on_it_unknown()
    {
        var record = Ledger.Good().Record;
        _run.Write($"{EvidenceFiles.Failover}/{record.Kind}-1/{EvidenceFiles.FaultFileName}", record with { HistoryFile = "gone.jsonl", ProbeFile = "gone-too.jsonl" });

        Promises.All.Where(p => p.Stage == Stages.Failover).Select(Judge).Should().OnlyContain(v => v.Kind == VerdictKind.Unknown);
    }

    [Fact]
    public void Whole_records_hold()
    {
        _run.Write(EvidenceFiles.Up, StageRecords.Up());
        _run.Write(EvidenceFiles.Seed, StageRecords.Seed());
        _run.Write(EvidenceFiles.Down, StageRecords.Down());

        Promises.All.Where(p => p.Stage is Stages.Up or Stages.Seed or Stages.Down).Select(Judge).Should().OnlyContain(v => v.Kind == VerdictKind.Holds);
    }

    private List<Verdict> Verdicts() => [.. Promises.All.Select(Judge)];

    private Verdict Judge(Promise promise) => promise.Judge(new RunEvidence(_run), Ledger.Objectives);
}
