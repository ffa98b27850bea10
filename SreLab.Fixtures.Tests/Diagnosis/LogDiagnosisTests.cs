using FluentAssertions;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Diagnosis;

/// <summary>Logs of real runs, one with each defect and one without, shortened to the kinds of lines that there are.</summary>
public sealed class LogDiagnosisTests
{
    /// <summary>Defects that leave nothing in a log: what they break is a number, not an answer.</summary>
    private static readonly string[] WithoutTrace = ["memory-leak", "counter-race"];

    public static TheoryData<string> Defects => [.. WorkloadDefects.All];

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_is_named_from_its_log_when_it_leaves_a_trace(string defect) =>
        LogDetectors.Detect(Sample(defect)).Select(f => f.Entry).Should().BeEquivalentTo(WithoutTrace.Contains(defect) ? [] : new[] { defect });

    [Fact]
    public void In_the_log_of_a_healthy_run_nothing_is_found() =>
        LogDetectors.Detect(Sample("healthy")).Concat(EventDetectors.Detect(Sample("healthy"))).Should().BeEmpty();

    [Fact]
    public void A_finding_has_its_lines_their_number_and_their_times()
    {
        var finding = LogDetectors.Detect(Sample("failing-healthz")).Should().ContainSingle().Which;

        finding.Where.Should().Be("app-1 service");
        finding.Count.Should().Be(2);
        finding.Evidence.Should().HaveCount(2).And.OnlyContain(e => e.StartsWith("app-1-service.log:", StringComparison.Ordinal) && e.Contains("\"status\":500", StringComparison.Ordinal));
        finding.First.Should().NotBeNull().And.BeBefore(finding.Last!.Value);
    }

    [Fact]
    public void A_start_without_a_database_is_no_finding_when_readiness_said_so()
    {
        var lines = Sample("early-readiness");
        var told = lines.Append(LogLine.Read("app-1-service.log", 99, """{"message":"request finished","service":"invoice-app","correlation_id":"a","path":"/readiness","status":503,"duration_ms":1}""")).ToArray();

        LogDetectors.Detect(told).Should().BeEmpty();
    }

    [Fact]
    public void A_sidecar_that_waited_in_vain_did_not_invent_its_504()
    {
        LogLine[] lines =
        [
            LogLine.Read("s.log", 1, """{"service":"edge-proxy","instance":"app-1","message":"the service did not answer","correlation_id":"a","cause":"RequestTimedOut"}"""),
            LogLine.Read("s.log", 2, """{"service":"edge-proxy","instance":"app-1","message":"request finished","correlation_id":"a","path":"/hello","status":504,"duration_ms":10000}"""),
        ];

        LogDetectors.Detect(lines).Should().BeEmpty();
    }

    [Fact]
    public void Events_of_Kubernetes_are_told_apart()
    {
        var found = EventDetectors.Detect(Sample("kubernetes"));

        found.ToDictionary(f => f.Entry, f => f.Count).Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["Probe timed out"] = 2,
            ["Readiness answers 500"] = 1,
            ["failing-healthz"] = 1,
            ["wrong-probe-port"] = 1,
            ["Probe on a wrong port"] = 1,
            ["Killed for its memory"] = 1,
            ["Wrong image name"] = 2,
            ["Latency of seven seconds"] = 1,
        });
        found.Single(f => f.Entry == "Probe timed out").First.Should().Be(new DateTimeOffset(2026, 11, 21, 9, 2, 10, TimeSpan.Zero));
    }

    [Fact]
    public void Every_finding_leads_to_an_entry()
    {
        var troubleshooting = Troubleshooting.Load(Repository.Root);
        var all = WorkloadDefects.All.Append("kubernetes").SelectMany(s => LogDetectors.Detect(Sample(s)).Concat(EventDetectors.Detect(Sample(s)))).ToArray();

        var lines = new DiagnosisResult(all, ["app-1, memory-leak: too slow"]).Lines(troubleshooting).ToArray();

        lines.Should().Contain("  see TROUBLESHOOTING.md#killed-for-its-memory").And.Contain("  see TROUBLESHOOTING.md#connection-leak")
            .And.Contain("not looked at: app-1, memory-leak: too slow");
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(0, 1, 2)]
    public void The_exit_code_tells_nothing_found_from_not_looked(int findings, int problems, int code) =>
        new DiagnosisResult([.. Enumerable.Repeat(new Finding("random-504", "app-1", "x", [], 1, null, null), findings)], [.. Enumerable.Repeat("p", problems)]).ExitCode.Should().Be(code);

    [Fact]
    public void A_folder_without_logs_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("srelab-logs-").FullName;

        var read = () => LogFolder.Read(folder);

        read.Should().Throw<LabException>().WithMessage("logs missing*");
        Directory.Delete(folder);
    }

    [Fact]
    public void What_was_wrong_before_the_last_start_is_not_wrong_now()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "{\"message\":\"old\"}\n{\"message\":\"service started\"}\n{\"message\":\"new\"}\n");

        LogFolder.ReadSinceStart(file).Select(l => l.Field("message")).Should().Equal("service started", "new");
        LogFolder.ReadSinceStart(file + ".absent").Should().BeEmpty();
        File.Delete(file);
    }

    private static IReadOnlyList<LogLine> Sample(string name) => LogFolder.Read(Repository.PathOf($"SreLab.Fixtures.Tests/Diagnosis/samples/{name}"));
}
