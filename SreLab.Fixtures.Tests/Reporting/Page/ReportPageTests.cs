using System.Text.Json;
using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Reporting.Page;

namespace SreLab.Fixtures.Tests.Reporting.Page;

public sealed partial class ReportPageTests
{
    private const string Hostile = "</script><script>alert(1)</script><!-- ]]> {{script}} {{data}} \u2028";

    [Fact]
    public void It_is_one_file_that_loads_nothing_and_stays_small()
    {
        var page = ReportPage.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives);

        page.Should().StartWith("<!doctype html>").And.NotMatchRegex(@"<(link|iframe|object|embed)\b|<(script|img)\b[^>]*\ssrc\s*=|@import");
        page.Length.Should().BeLessThan(1_500_000);
        page.Should().NotContain("{{title}}").And.NotContain("{{data}}");
    }

    [Fact]
    public void Only_its_own_script_may_run()
    {
        var page = ReportPage.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives);
        var script = Script().Match(page).Groups[1].Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));

        page.Should().Contain($"script-src 'sha256-{hash}'").And.Contain("default-src 'none'");
    }

    [Fact]
    public void Every_promise_is_in_it_with_its_verdict_and_details()
    {
        var promise = new PromiseVerdict("a-promise", Stages.Bench, "A text", Verdict.Broken("a summary", "<= 1", "2", "one detail") with { BudgetSpent = 2 });
        var data = Data(ReportPage.Render(StoredRun.Open("complete-run"), [.. StoredRun.AllHold, promise], Ledger.Objectives));

        data.GetProperty("promises").GetArrayLength().Should().Be(StoredRun.AllHold.Count + 1);
        var last = data.GetProperty("promises").EnumerateArray().Last();
        last.GetProperty("verdict").GetString().Should().Be("broken");
        last.GetProperty("details")[0].GetString().Should().Be("one detail");
        last.GetProperty("budgetSpent").GetDouble().Should().Be(2);
    }

    [Fact]
    public void Hostile_text_stays_within_the_data_and_comes_back_unchanged()
    {
        var harmless = ReportPage.Render(StoredRun.Open("complete-run"), [new("id", Stages.Up, "text", Verdict.Holds("summary"))], Ledger.Objectives);
        var page = ReportPage.Render(StoredRun.Open("complete-run"), [new("id", Stages.Up, Hostile, Verdict.Holds(Hostile))], Ledger.Objectives);

        Scripts().Count(page).Should().Be(Scripts().Count(harmless));
        Data(page).GetProperty("promises")[0].GetProperty("text").GetString().Should().Be(Hostile);
    }

    [Fact]
    public void A_run_s_name_cannot_become_markup()
    {
        var store = StoredRun.Copy("complete-run");
        store.Write(EvidenceFiles.Run, store.TryRead<RunRecord>(EvidenceFiles.Run)! with { Id = Hostile });
        var page = ReportPage.Render(new RunEvidence(store), [], Ledger.Objectives);

        page.Should().Contain("<title>&lt;/script&gt;").And.NotContain("<script>alert(1)");
        Directory.Delete(store.Folder, recursive: true);
    }

    [Fact]
    public void What_is_missing_is_null_with_the_reason_and_what_is_there_has_none()
    {
        var missing = Data(ReportPage.Render(StoredRun.Open("missing-stages"), [], Ledger.Objectives));

        missing.GetProperty("bench").GetProperty("missing").GetString().Should().Be("the run has no 30-bench/bench.json");
        missing.GetProperty("seed").GetProperty("missing").GetString().Should().StartWith("evidence unreadable: 20-seed/seed.json");
        foreach (var part in new[] { "faults", "monitored", "alerts", "notifications" })
        {
            missing.GetProperty(part).GetProperty("missing").GetString().Should().StartWith("the run has no ", part);
            missing.GetProperty(part).TryGetProperty("data", out _).Should().BeFalse(part);
        }

        Data(ReportPage.Render(StoredRun.Open("complete-run"), [], Ledger.Objectives)).GetProperty("bench").TryGetProperty("missing", out _).Should().BeFalse();
    }

    [Fact]
    public void The_same_evidence_gives_the_same_page() =>
        ReportPage.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives).Should().Be(ReportPage.Render(StoredRun.Open("complete-run"), StoredRun.AllHold, Ledger.Objectives));

    [Fact]
    public void An_incident_has_the_phases_and_the_outage_of_the_verdict()
    {
        var fault = Data(ReportPage.Render(StoredRun.Open("complete-run"), [], Ledger.Objectives)).GetProperty("faults").GetProperty("data").EnumerateArray()
            .Single(f => f.GetProperty("id").GetString() == "kill-member-1");

        fault.GetProperty("outage").GetString().Should().Be("9.22 s");
        fault.GetProperty("phases").EnumerateArray().Select(p => p.GetProperty("seconds").GetDouble()).Should().Equal(8.1, 0.6, 0.501);
        fault.GetProperty("accepted").EnumerateArray().Where(s => s.GetProperty("state").GetString() == "accepts writes").Select(s => s.GetProperty("row").GetString())
            .Should().Equal("pg-1", "pg-2");
        var writes = fault.GetProperty("writes");
        (writes.GetProperty("acknowledged").GetInt32() + writes.GetProperty("refused").GetInt32() + writes.GetProperty("indeterminate").GetInt32()).Should().Be(165);
    }

    [Fact]
    public void Budgets_are_those_of_the_checkers_and_say_what_is_missing()
    {
        var evidence = StoredRun.Open("complete-run");
        var budgets = Data(ReportPage.Render(evidence, [], Ledger.Objectives)).GetProperty("budgets");

        budgets.GetProperty("levels")[0].GetProperty("bad").GetInt64().Should().Be(ErrorBudget.Availability(evidence.Bench, Ledger.Objectives).Bad);
        budgets.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("fault").GetString()).Should().Equal("kill-member 1", "kill-postmaster 1", "kill-postmaster 2");
        Data(ReportPage.Render(StoredRun.Open("missing-stages"), [], Ledger.Objectives)).GetProperty("budgets").GetProperty("levels").EnumerateArray().ToList()
            .Should().OnlyContain(l => l.GetProperty("missing").GetString() == "the run has no 30-bench/bench.json");
    }

    [Fact]
    public void A_damaged_history_leaves_its_incident_with_the_reason()
    {
        var store = StoredRun.Copy("complete-run");
        File.AppendAllText(store.PathOf("40-failover/kill-member-1/history.jsonl"), "broken\n");
        var fault = Data(ReportPage.Render(new RunEvidence(store), [], Ledger.Objectives)).GetProperty("faults").GetProperty("data").EnumerateArray()
            .Single(f => f.GetProperty("id").GetString() == "kill-member-1");

        fault.GetProperty("problem").GetString().Should().StartWith("history corrupt: line");
        fault.TryGetProperty("writes", out _).Should().BeFalse();
        Directory.Delete(store.Folder, recursive: true);
    }

    private static JsonElement Data(string page) => JsonDocument.Parse(Evidence().Match(page).Groups[1].Value).RootElement;

    [GeneratedRegex("<script type=\"application/json\" id=\"evidence\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Evidence();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<script\\b|</script", RegexOptions.IgnoreCase)]
    private static partial Regex Scripts();
}
