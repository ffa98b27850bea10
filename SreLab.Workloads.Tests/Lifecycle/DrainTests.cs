using System.Net;
using FluentAssertions;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Lifecycle;

public sealed class DrainTests
{
    [Fact]
    public async Task A_service_that_ends_serves_on_while_it_drains_and_says_that_it_is_not_ready()
    {
        await using var service = await RunningService.InvoiceAppAsync(("DRAIN_SECONDS", "1.5"));

        var stop = service.StopAsync();
        using var readiness = await service.GetAsync("/readiness");
        using var hello = await service.GetAsync("/hello");

        readiness.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await readiness.JsonAsync()).GetProperty("reason").GetString().Should().Be("draining");
        hello.StatusCode.Should().Be(HttpStatusCode.OK);
        hello.Headers.ConnectionClose.Should().BeTrue("a client that keeps its connection would not learn to go elsewhere");
        stop.IsCompleted.Should().BeFalse();
        await stop;
        await service.Invoking(s => s.GetAsync("/hello")).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_request_in_flight_is_finished_after_the_listener_is_closed()
    {
        var release = new TaskCompletionSource();
        await using var upstream = await TestUpstream.StartAsync(_ => release.Task);
        await using var proxy = await RunningService.ProxyAsync(upstream.Address);
        var inFlight = proxy.GetAsync("/slow");
        while (upstream.Requests == 0)
        {
            await Task.Delay(10, Answers.Ct);
        }

        var stop = proxy.StopAsync();
        await Task.Delay(300, Answers.Ct);
        (stop.IsCompleted, inFlight.IsCompleted).Should().Be((false, false));
        release.SetResult();

        using var response = await inFlight;
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        await stop;
    }

    [Fact]
    public async Task The_phases_are_in_the_log()
    {
        await using var service = await RunningService.InvoiceAppAsync();
        await service.StopAsync();

        service.Log.All.Select(l => l.GetProperty("message").GetString()).Should()
            .ContainInOrder("service started", "draining", "closing: no new connection is accepted", "service stopped");
    }
}
