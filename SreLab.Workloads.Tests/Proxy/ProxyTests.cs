using System.Diagnostics;
using System.Net;
using System.Text;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Proxy;

public sealed class ProxyTests
{
    [Fact]
    public async Task A_request_passes_with_method_path_query_body_and_one_correlation_id()
    {
        await using var upstream = await TestUpstream.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            // A service sends it back too: the client must see it once.
            context.Response.Headers["X-Correlation-ID"] = context.Request.Headers["X-Correlation-ID"];
            await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await body.ReadToEndAsync()} {context.Request.Headers["X-Correlation-ID"]}");
        });
        await using var proxy = await RunningService.ProxyAsync(upstream.Address);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/a/b?c=d") { Content = new StringContent("body"), Headers = { { "X-Correlation-ID", "c-1" } } };
        using var response = await proxy.Client.SendAsync(request, Answers.Ct);

        response.StatusCode.Should().Be((HttpStatusCode)418);
        (await response.Content.ReadAsStringAsync(Answers.Ct)).Should().Be("PUT /a/b?c=d body c-1");
        response.Headers.GetValues("X-Correlation-ID").Should().Equal("c-1");
        proxy.Log.With("request finished").Single().GetProperty("path").GetString().Should().Be("/a/b");
    }

    [Fact]
    public async Task A_malformed_correlation_id_is_replaced_before_it_passes()
    {
        await using var upstream = await TestUpstream.StartAsync(context => context.Response.WriteAsync(context.Request.Headers["X-Correlation-ID"].ToString()));
        await using var proxy = await RunningService.ProxyAsync(upstream.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("X-Correlation-ID", "a b");
        using var response = await proxy.Client.SendAsync(request, Answers.Ct);

        (await response.Content.ReadAsStringAsync(Answers.Ct)).Should().MatchRegex("^[0-9a-f]{32}$").And.Be(response.Headers.GetValues("X-Correlation-ID").Single());
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_504()
    {
        await using var upstream = await TestUpstream.StartAsync(context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted));
        await using var proxy = await RunningService.ProxyAsync(upstream.Address, ("UPSTREAM_TIMEOUT_SECONDS", "0.3"));
        var clock = Stopwatch.StartNew();
        using var response = await proxy.GetAsync("/slow");

        response.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await response.JsonAsync()).GetProperty("correlationId").GetString().Should().Be(response.Headers.GetValues("X-Correlation-ID").Single());
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        (await proxy.MetricAsync("proxy_upstream_timeouts_total", "/_proxy/metrics")).Should().Be(1);
    }

    [Fact]
    public async Task A_client_that_prefers_to_wait_is_given_the_time()
    {
        await using var upstream = await TestUpstream.StartAsync(context => Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted));
        await using var proxy = await RunningService.ProxyAsync(upstream.Address, ("UPSTREAM_TIMEOUT_SECONDS", "0.3"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/slow") { Headers = { { "Prefer", "wait=5" } } };
        using var response = await proxy.Client.SendAsync(request, Answers.Ct);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_that_refuses_is_502()
    {
        await using var proxy = await RunningService.ProxyAsync(new Uri("http://127.0.0.1:1"));
        using var response = await proxy.GetAsync("/any");
        using var own = await proxy.GetAsync("/_proxy/healthz");

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        own.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_passes_piece_by_piece()
    {
        var release = new TaskCompletionSource();
        await using var upstream = await TestUpstream.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await release.Task;
        });
        await using var proxy = await RunningService.ProxyAsync(upstream.Address);
        using var response = await proxy.Client.GetAsync(new Uri("/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Answers.Ct);
        await using var body = await response.Content.ReadAsStreamAsync(Answers.Ct);
        var buffer = new byte[5];
        await body.ReadExactlyAsync(buffer, Answers.Ct);

        Encoding.ASCII.GetString(buffer).Should().Be("first");
        release.SetResult();
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_does_not_pass()
    {
        await using var upstream = await TestUpstream.StartAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        await using var proxy = await RunningService.ProxyAsync(upstream.Address);
        using var response = await proxy.Client.PostAsync(new Uri("/any", UriKind.Relative), new ByteArrayContent(new byte[(1024 * 1024) + 1]), Answers.Ct);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Readiness_is_that_of_both()
    {
        await using var upstream = await TestUpstream.StartAsync(context => context.Response.WriteAsync("up"));
        await using var proxy = await RunningService.ProxyAsync(upstream.Address, ("DRAIN_SECONDS", "1.5"));
        using var before = await proxy.GetAsync("/readiness");
        var stop = proxy.StopAsync();
        using var after = await proxy.GetAsync("/readiness");
        using var own = await proxy.GetAsync("/_proxy/readiness");
        using var other = await proxy.GetAsync("/any");

        (before.StatusCode, after.StatusCode, own.StatusCode, other.StatusCode).Should()
            .Be((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
        (await after.JsonAsync()).GetProperty("reason").GetString().Should().Be("draining");
        await stop;
    }

    [Fact]
    public async Task The_sidecars_own_paths_are_never_forwarded()
    {
        await using var upstream = await TestUpstream.StartAsync(_ => Task.CompletedTask);
        await using var proxy = await RunningService.ProxyAsync(upstream.Address);
        using var response = await proxy.GetAsync("/_proxy/other");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        upstream.Requests.Should().Be(0);
    }
}
