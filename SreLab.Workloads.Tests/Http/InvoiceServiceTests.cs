using System.Net;
using System.Net.Http.Json;
using FluentAssertions;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Http;

/// <summary>The app without a database: what it must answer all the same.</summary>
public sealed class InvoiceServiceTests
{
    [Fact]
    public async Task It_is_alive_and_not_ready_without_its_database()
    {
        await using var app = await RunningService.InvoiceAppAsync();
        using var alive = await app.GetAsync("/healthz");
        using var ready = await app.GetAsync("/readiness");

        alive.StatusCode.Should().Be(HttpStatusCode.OK);
        (await alive.Content.ReadAsStringAsync(Answers.Ct)).Should().Be("""{"status":"alive"}""");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(Answers.Ct)).Should().Be("""{"status":"not-ready","reason":"database"}""");
        (await app.MetricAsync("workload_ready")).Should().Be(0);
    }

    [Fact]
    public async Task It_tells_who_it_is()
    {
        await using var app = await RunningService.InvoiceAppAsync(("POD_NAME", "p"), ("POD_NAMESPACE", "ns"), ("NODE_NAME", "n"));
        using var root = await app.GetAsync("/");
        using var hello = await app.GetAsync("/hello");

        (await root.JsonAsync()).EnumerateObject().Select(p => p.Name).Should().Equal("name", "version", "instance", "startedUtc", "uptimeSeconds", "defects");
        var answer = await hello.JsonAsync();
        answer.EnumerateObject().Select(p => p.Name).Should().Equal("message", "instance", "pod", "namespace", "node", "host");
        answer.EnumerateObject().Skip(1).Take(4).Select(p => p.Value.GetString()).Should().Equal("one", "p", "ns", "n");
    }

    [Theory]
    [InlineData("GET", "/nothing", null, 404)]
    [InlineData("DELETE", "/hello", null, 405)]
    [InlineData("GET", "/invoices?limit=0", null, 400)]
    [InlineData("GET", "/invoices", null, 503)]
    [InlineData("GET", "/invoices/7", null, 503)]
    [InlineData("GET", "/invoices/seven", null, 404)]
    [InlineData("GET", "/payment-runs/7", null, 404)]
    [InlineData("POST", "/invoices/pay", null, 503)]
    [InlineData("POST", "/invoices/pay", "{}", 503)]
    [InlineData("POST", "/invoices/pay", "{\"limit\":0}", 400)]
    [InlineData("POST", "/invoices/pay", "{\"limt\":5}", 400)]
    [InlineData("POST", "/invoices/pay", "{\"limit\":\"5\"}", 400)]
    [InlineData("POST", "/invoices/pay", "[", 400)]
    public async Task An_error_is_a_problem_with_the_correlation_id(string method, string path, string? body, int status)
    {
        await using var app = await RunningService.InvoiceAppAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "X-Correlation-ID", "c-1" } } };
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Client.SendAsync(request, Answers.Ct);

        ((int)response.StatusCode).Should().Be(status);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        response.Headers.GetValues("X-Correlation-ID").Should().Equal("c-1");
        var problem = await response.JsonAsync();
        problem.GetProperty("status").GetInt32().Should().Be(status);
        problem.GetProperty("correlationId").GetString().Should().Be("c-1");
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_refused()
    {
        await using var app = await RunningService.InvoiceAppAsync();
        using var large = await app.Client.PostAsync(new Uri("/invoices/pay", UriKind.Relative), JsonContent.Create(new { text = new string('x', 1_100_000) }), Answers.Ct);
        using var text = await app.Client.PostAsync(new Uri("/invoices/pay", UriKind.Relative), new StringContent("limit=1"), Answers.Ct);

        large.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        text.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    // 30 times over: a client that still sends when its answer arrives must read that answer, not a reset, however the two race.
    [Theory]
    [InlineData(1_100_000, true)]
    [InlineData(1_100_000, false)]
    [InlineData(8_000_000, true)]
    [InlineData(8_000_000, false)]
    public async Task A_body_that_is_too_large_is_always_answered(int size, bool isLengthTold)
    {
        await using var app = await RunningService.InvoiceAppAsync();
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', size)}}"}""");
        for (var i = 0; i < 30; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/invoices/pay") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TransferEncodingChunked = !isLengthTold;
            using var response = await app.Client.SendAsync(request, Answers.Ct);

            response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
            (await response.JsonAsync()).GetProperty("status").GetInt32().Should().Be(413);
        }
    }

    [Fact]
    public async Task A_finished_request_is_logged_and_measured_by_its_route()
    {
        await using var app = await RunningService.InvoiceAppAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/invoices/7") { Headers = { { "X-Correlation-ID", "c-1" } } };
        (await app.Client.SendAsync(request, Answers.Ct)).Dispose();
        (await app.GetAsync("/healthz")).Dispose();

        var line = app.Log.With("request finished").Single();
        line.EnumerateObject().Select(p => p.Name).Skip(5).Should().Equal("correlation_id", "method", "route", "path", "status", "duration_ms");
        line.GetProperty("correlation_id").GetString().Should().Be("c-1");
        line.GetProperty("route").GetString().Should().Be("/invoices/{id:long}");
        (await app.MetricAsync("""http_server_request_duration_seconds_count{method="GET",route="/invoices/{id:long}",status="503"}""")).Should().Be(1);
        (await app.MetricAsync("""http_server_request_duration_seconds_count{method="GET",route="/healthz",status="200"}""")).Should().Be(1);
        (await app.MetricAsync("invoice_requests_total")).Should().Be(1);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/")]
    public async Task A_correlation_id_is_always_sent_back(string path)
    {
        await using var app = await RunningService.InvoiceAppAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Correlation-ID", "not well-formed");
        using var response = await app.Client.SendAsync(request, Answers.Ct);

        response.Headers.GetValues("X-Correlation-ID").Should().ContainSingle().Which.Should().MatchRegex("^[0-9a-f]{32}$");
    }
}
