using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class PerformanceReportTests
{
    [Fact]
    public void A_complete_run_is_reported_as_verified() =>
        Golden.Verify(PerformanceReport.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives), "complete-run", "md");

    [Fact]
    public void A_run_with_missing_stages_is_reported_as_verified() =>
        Golden.Verify(PerformanceReport.Render(StoredRun.Open("missing-stages"), StoredRun.NothingKnown, Ledger.Objectives), "missing-stages", "md");

    [Fact]
    public void A_run_with_a_broken_promise_is_reported_as_verified() =>
        Golden.Verify(PerformanceReport.Render(StoredRun.Open("broken-promise"), StoredRun.OneBroken, Ledger.Objectives), "broken-promise", "md");

    [Fact]
    public void A_stage_without_a_record_is_unknown_with_the_reason()
    {
        var page = PerformanceReport.Render(StoredRun.Open("missing-stages"), StoredRun.NothingKnown, Ledger.Objectives);

        page.Should().Contain("unknown: the run has no 30-bench/bench.json")
            .And.Contain("Unknown: the run has no 40-failover")
            .And.Contain("Seed unknown: evidence unreadable: 20-seed/seed.json is not a SeedRecord");
    }

    [Fact]
    public void A_broken_promise_comes_first_and_breaks_no_table()
    {
        var page = PerformanceReport.Render(StoredRun.Open("broken-promise"), StoredRun.OneBroken, Ledger.Objectives);

        var rows = page.Split('\n').SkipWhile(l => l != "## Promises").Skip(3).TakeWhile(l => l.StartsWith('|')).ToList();
        rows[0].Should().Contain("**broken**").And.Contain("6,640 %");
        rows[^1].Should().Contain("holds");
        rows.Should().OnlyContain(r => r.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|') == 6);
    }

    [Fact]
    public void An_outage_that_never_ended_is_a_lower_bound() =>
        PerformanceReport.Render(StoredRun.Open("broken-promise"), StoredRun.OneBroken, Ledger.Objectives).Should().Contain("| >= 4.49 s |");

    [Fact]
    public void The_page_is_a_page_even_with_a_hundred_promises_and_repeats()
    {
        var store = StoredRun.Copy("complete-run");
        var fault = store.TryRead<FaultRecord>("40-failover/kill-postmaster-1/fault.json")!;
        for (var repeat = 3; repeat <= 60; repeat++)
        {
            store.Write(FormattableString.Invariant($"40-failover/kill-postmaster-{repeat}/fault.json"), fault with { Repeat = repeat });
        }

        var many = Enumerable.Range(0, 100).Select(i => StoredRun.OneBroken[3] with { Id = FormattableString.Invariant($"promise-{i}") }).ToList();
        var page = PerformanceReport.Render(new RunEvidence(store), many, Ledger.Objectives);

        page.Split('\n').Length.Should().BeLessThanOrEqualTo(93);
        page.Should().Contain("| postmaster killed | 60 |").And.Contain("`promise-99`");
        Directory.Delete(store.Folder, recursive: true);
    }

    [Fact]
    public void The_complete_report_fits_on_one_page() =>
        PerformanceReport.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives).Split('\n').Length.Should().BeLessThanOrEqualTo(75);

    [Fact]
    public void The_same_evidence_gives_the_same_page() =>
        PerformanceReport.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives)
            .Should().Be(PerformanceReport.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives));

    [Fact]
    public void A_torn_last_line_is_reported_and_a_damaged_history_is_unknown_with_the_reason()
    {
        var store = StoredRun.Copy("complete-run");
        var history = store.PathOf("40-failover/kill-member-1/history.jsonl");
        File.AppendAllText(history, """{"id":1,"cli""");
        PerformanceReport.Render(new RunEvidence(store), [], Ledger.Objectives).Should().Contain("| member killed | 1 | 9.22 s |");

        File.AppendAllText(history, "\n{}\n");
        var page = PerformanceReport.Render(new RunEvidence(store), [], Ledger.Objectives);

        page.Should().Contain("| member killed | 1 | unknown: history corrupt: line").And.Contain("| postmaster killed | 2 | 1.70 s").And.NotContain(store.Folder);
        Directory.Delete(store.Folder, recursive: true);
    }
}
