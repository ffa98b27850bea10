using System.Net;
using FluentAssertions;
using SreLab.Workloads.EdgeProxy.Defects;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Defects;

public sealed class Random504Tests
{
    [Fact]
    public void It_strikes_its_share_half_of_it_after_the_work()
    {
        var defect = new Random504(new Random504Settings(0.2, 42));
        var strikes = Enumerable.Range(0, 10_000).Select(_ => defect.Next()).ToList();

        strikes.Count(s => s == Random504.Strike.Before).Should().BeInRange(900, 1100);
        strikes.Count(s => s == Random504.Strike.After).Should().BeInRange(900, 1100);
    }

    [Fact]
    public void The_same_seed_strikes_the_same_requests()
    {
        var (one, other) = (new Random504(new Random504Settings(0.5, 7)), new Random504(new Random504Settings(0.5, 7)));

        Enumerable.Range(0, 100).Select(_ => one.Next()).Should().Equal(Enumerable.Range(0, 100).Select(_ => other.Next()));
    }

    [Fact]
    public async Task Half_of_the_struck_requests_reach_the_service_and_no_answer_of_it_reaches_the_client()
    {
        await using var upstream = await TestUpstream.StartAsync(context =>
        {
            context.Response.Headers["X-Work"] = "done";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "work");
        });
        await using var proxy = await RunningService.ProxyAsync(upstream.Address, ("DEFECT", "random-504"), ("DEFECT_504_RATIO", "1"), ("DEFECT_SEED", "3"));
        for (var i = 0; i < 100; i++)
        {
            using var response = await proxy.GetAsync("/any");
            response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
            response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            response.Headers.Contains("X-Work").Should().BeFalse();
            (await response.JsonAsync()).GetProperty("status").GetInt32().Should().Be(504);
        }

        upstream.Requests.Should().BeInRange(35, 65);
        (await proxy.MetricAsync("proxy_injected_504_total", "/_proxy/metrics")).Should().Be(100);
        (await proxy.MetricAsync("proxy_upstream_timeouts_total", "/_proxy/metrics")).Should().Be(0);
        (await proxy.MetricAsync("workload_defect_active{defect=\"random-504\"}", "/_proxy/metrics")).Should().Be(1);
    }

    [Fact]
    public async Task Probes_and_scrapes_are_spared()
    {
        await using var upstream = await TestUpstream.StartAsync(_ => Task.CompletedTask);
        await using var proxy = await RunningService.ProxyAsync(upstream.Address, ("DEFECT", "random-504"), ("DEFECT_504_RATIO", "1"));
        foreach (var path in new[] { "/healthz", "/readiness", "/metrics", "/_proxy/healthz", "/_proxy/readiness" })
        {
            using var response = await proxy.GetAsync(path);
            response.StatusCode.Should().Be(HttpStatusCode.OK, path);
        }
    }
}
