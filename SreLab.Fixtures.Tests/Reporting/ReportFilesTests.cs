using System.Xml.Linq;
using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class ReportFilesTests : IDisposable
{
    private readonly string _repository = Directory.CreateTempSubdirectory("srelab-repository-").FullName;
    private readonly RunStore _store = StoredRun.Copy("complete-run");

    public void Dispose()
    {
        Directory.Delete(_repository, recursive: true);
        Directory.Delete(_store.Folder, recursive: true);
    }

    [Fact]
    public async Task Run_folder_and_repository_get_the_same_report_and_every_linked_chart()
    {
        await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);

        foreach (var folder in new[] { _store.Folder, _repository })
        {
            var page = await File.ReadAllTextAsync(Path.Combine(folder, PerformanceReport.FileName), TestContext.Current.CancellationToken);
            var links = page.Split('\n').Where(l => l.StartsWith("![", StringComparison.Ordinal)).Select(l => l.Split('(', ')')[^2]).ToList();

            links.Should().HaveCount(3).And.OnlyContain(l => File.Exists(Path.Combine(folder, l)));
            Directory.EnumerateFiles(folder, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Charts_are_well_formed_small_and_named_for_screen_readers()
    {
        await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);

        foreach (var chart in Directory.EnumerateFiles(Path.Combine(_repository, PerformanceReport.ChartFolder)))
        {
            var svg = XDocument.Load(chart).Root!;
            svg.Attribute("aria-label")!.Value.Should().NotBeEmpty();
            svg.ToString().Should().NotContain("NaN").And.NotContain("Infinity").And.NotContain("E+");
            new FileInfo(chart).Length.Should().BeLessThanOrEqualTo(60 * 1024);
        }
    }

    [Fact]
    public async Task A_report_that_cannot_be_rendered_leaves_the_older_one()
    {
        await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);
        var before = Snapshot();
        await File.AppendAllTextAsync(_store.PathOf("30-bench/closed-loop.csv"), "broken\n", TestContext.Current.CancellationToken);

        var write = () => ReportFiles.WriteAsync(_store, StoredRun.OneBroken, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);

        await write.Should().ThrowAsync<LabException>();
        Snapshot().Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task A_chart_that_the_new_run_does_not_have_is_removed()
    {
        await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);
        var other = Path.Combine(_repository, PerformanceReport.ChartFolder, "notes.svg");
        await File.WriteAllTextAsync(other, "<svg/>", TestContext.Current.CancellationToken);
        Directory.Delete(_store.PathOf("40-failover/kill-member-1"), recursive: true);

        await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);

        Directory.EnumerateFiles(Path.GetDirectoryName(other)!).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .Should().Equal("bench.svg", "failover-kill-postmaster.svg", "notes.svg");
    }

    [Fact]
    public async Task Without_a_repository_the_report_stays_with_its_evidence()
    {
        var report = await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, repositoryRoot: null, TestContext.Current.CancellationToken);

        report.Should().Be(Path.Combine(_store.Folder, PerformanceReport.FileName));
        File.Exists(report).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(_repository).Should().BeEmpty();
    }

    [Theory]
    [InlineData(86_400)]
    [InlineData(420)]
    [InlineData(1)]
    public async Task The_chart_of_any_length_of_benchmark_stays_small(int seconds)
    {
        var rows = Enumerable.Range(0, seconds).Select(i => FormattableString.Invariant($"{i},{1000 + i % 97},1,1,1,{20 + i % 13},50,0"));
        await File.WriteAllLinesAsync(
            _store.PathOf("30-bench/closed-loop.csv"), rows.Prepend("second,tps,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,errors"), TestContext.Current.CancellationToken);

        var bench = _store.TryRead<BenchRecord>(EvidenceFiles.Bench)!;
        _store.Write(EvidenceFiles.Bench, bench with { Passes = [bench.Passes[0] with { Seconds = seconds }, .. bench.Passes.Skip(1)] });
        await ReportFiles.WriteAsync(_store, StoredRun.AllHold, Ledger.Objectives, _repository, TestContext.Current.CancellationToken);

        new FileInfo(Path.Combine(_repository, PerformanceReport.ChartFolder, "bench.svg")).Length.Should().BeLessThanOrEqualTo(60 * 1024);
    }

    private Dictionary<string, string> Snapshot() =>
        Directory.EnumerateFiles(_repository, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText, StringComparer.Ordinal);
}
