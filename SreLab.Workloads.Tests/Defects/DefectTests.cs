using System.Diagnostics;
using System.Net;
using FluentAssertions;
using SreLab.Workloads.InvoiceApp.Defects;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Defects;

/// <summary>Each defect does what it says, and a sound service does not.</summary>
public sealed class DefectTests
{
    public static TheoryData<string> Names => [.. KnownDefects.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_defect_is_visible_in_the_identity_the_metrics_and_the_log(string defect)
    {
        await using var app = await RunningService.InvoiceAppAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{FreePort.Next()}"), ("DEFECT", defect));
        using var root = await app.GetAsync("/");

        (await root.JsonAsync()).GetProperty("defects").EnumerateArray().Select(d => d.GetString()).Should().Equal(defect);
        (await app.MetricAsync($"workload_defect_active{{defect=\"{defect}\"}}")).Should().Be(1);
        app.Log.With("this service carries a defect on purpose").Single().GetProperty("defect").GetString().Should().Be(defect);
    }

    [Fact]
    public async Task A_sound_service_shows_none()
    {
        await using var app = await RunningService.InvoiceAppAsync();
        using var root = await app.GetAsync("/");

        (await root.JsonAsync()).GetProperty("defects").EnumerateArray().Should().BeEmpty();
        (await app.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Answers.Ct)).Should().NotContain("workload_defect_active{");
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("counter-race", 1)]
    public async Task Requests_that_come_at_once_are_counted_unless_the_counter_races(string defect, int least)
    {
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", defect));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ => (await app.GetAsync("/invoices")).Dispose()));
        var counted = await app.MetricAsync("invoice_requests_total");

        counted.Should().BeInRange(least, defect.Length == 0 ? 200 : 199);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("failing-healthz", 500)]
    public async Task Liveness_fails_with_its_defect_only(string defect, int status)
    {
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", defect));
        using var alive = await app.GetAsync("/healthz");
        using var hello = await app.GetAsync("/hello");

        ((int)alive.StatusCode, hello.StatusCode).Should().Be((status, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("", 503)]
    [InlineData("early-readiness", 200)]
    public async Task Readiness_without_a_database_is_a_lie_with_its_defect_only(string defect, int status)
    {
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", defect), ("MINIMUM_UPTIME_SECONDS", "60"));
        using var ready = await app.GetAsync("/readiness");

        ((int)ready.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task Probes_move_to_another_port_with_their_defect()
    {
        var port = FreePort.Next();
        await using var app = await RunningService.InvoiceAppAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("DEFECT", "wrong-probe-port"));
        var statuses = new List<int>();
        foreach (var address in new[] { $"http://127.0.0.1:{port}/healthz", $"http://127.0.0.1:{port + 2}/healthz", $"http://127.0.0.1:{port}/hello", $"http://127.0.0.1:{port + 2}/hello" })
        {
            using var response = await app.Client.GetAsync(new Uri(address), Answers.Ct);
            statuses.Add((int)response.StatusCode);
        }

        statuses.Should().Equal(404, 200, 200, 404);
    }

    [Fact]
    public void A_slow_answer_takes_three_to_eight_seconds_more()
    {
        var pauses = PausesOf(new SlowResponses()).Take(1000).ToList();

        pauses.Should().OnlyContain(p => p >= 3 && p < 8);
        pauses.Average().Should().BeInRange(5.2, 5.8);
    }

    [Fact]
    public async Task Slow_responses_spare_probes()
    {
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", "slow-responses"));
        var clock = Stopwatch.StartNew();
        (await app.GetAsync("/healthz")).Dispose();
        var probe = clock.Elapsed;
        (await app.GetAsync("/hello")).Dispose();

        probe.Should().BeLessThan(TimeSpan.FromSeconds(3));
        (clock.Elapsed - probe).Should().BeGreaterThan(TimeSpan.FromSeconds(2.9));
    }

    [Fact]
    public async Task A_leak_grows_with_each_request()
    {
        await using var sound = await RunningService.InvoiceAppAsync();
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", "memory-leak"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200; i++)
        {
            (await app.GetAsync("/hello")).Dispose();
        }

        // 64 KiB of each; what the process gives back meanwhile is far less than half of it, and a sound service keeps next to nothing.
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeGreaterThan(200 * 32 * 1024);
    }

    [Fact]
    public async Task The_correlation_id_leaves_no_trace_in_the_log_with_its_defect()
    {
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", "missing-correlation-id"));
        (await app.GetAsync("/hello")).Dispose();

        app.Log.With("request finished").Single().TryGetProperty("correlation_id", out _).Should().BeFalse();
    }

    private static IEnumerable<double> PausesOf(SlowResponses defect)
    {
        while (true)
        {
            yield return defect.NextPause().TotalSeconds;
        }
    }
}
