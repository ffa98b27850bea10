using System.Collections.Concurrent;
using System.Net;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Tests.Workloads.Http;

/// <summary>The load against real servers of this process.</summary>
public sealed class HttpLoadTests : IDisposable
{
    private readonly RunStore _run = new(Directory.CreateTempSubdirectory("srelab-http-").FullName);

    public void Dispose() => Directory.Delete(_run.Folder, recursive: true);

    [Fact]
    public async Task A_sound_server_has_no_failure_and_sees_every_id_once()
    {
        var ids = new ConcurrentBag<string>();
        await using var server = await StartAsync(context =>
        {
            ids.Add(context.Request.Headers["X-Correlation-ID"].ToString());
            context.Response.StatusCode = context.Request.Path.Value!.EndsWith("806", StringComparison.Ordinal) ? 404 : 200;
            return Task.CompletedTask;
        });

        var record = await RunAsync(server, 200, TimeSpan.FromSeconds(1));

        record.Failed.Should().Be(0, string.Join(", ", record.Failures.Keys));
        record.Requests.Should().BeInRange(1, (long)Math.Ceiling(200 * record.Seconds) + 1, "no more are sent than were scheduled in the time that passed");
        record.Routes.Keys.Should().BeEquivalentTo("/", "/hello", "/invoices", "/invoices/{id}");
        ids.Should().HaveCount((int)record.Requests).And.OnlyHaveUniqueItems();
        HistoryReader.Read<HttpOperation>(_run.PathOf("h.jsonl")).Rows.Should().HaveCount((int)record.Requests);
    }

    [Fact]
    public async Task A_stalled_server_gets_every_request_all_the_same_and_latency_counts_from_the_schedule()
    {
        await using var server = await StartAsync(context => Task.Delay(400, context.RequestAborted));

        var record = await RunAsync(server, 100, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

        record.Requests.Should().BeGreaterThan(70, "a closed loop over a few connections would have sent a handful");
        record.MedianMs.Should().BeGreaterThanOrEqualTo(390);
    }

    [Fact]
    public async Task Errors_time_outs_and_broken_connections_are_told_apart()
    {
        var count = 0;
        await using var server = await StartAsync(async context =>
        {
            switch (Interlocked.Increment(ref count) % 3)
            {
                case 0:
                    context.Response.StatusCode = 504;
                    break;
                case 1:
                    context.Abort();
                    break;
                default:
                    await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
            }
        });

        var record = await RunAsync(server, 60, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.3));

        record.Failed.Should().Be(record.Requests);
        record.Failures.Keys.Should().Contain("status 504").And.Contain("timed out").And.Contain(k => k.StartsWith("broken: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_there_is_a_broken_connection_and_not_a_time_out()
    {
        var server = await StartAsync(_ => Task.CompletedTask);
        var address = AddressOf(server);
        await server.DisposeAsync();

        var record = await HttpLoadRun.ForAsync(Options(address, 50, TimeSpan.FromSeconds(2)), TimeSpan.FromSeconds(0.2), _run, "h.jsonl", TestContext.Current.CancellationToken);

        record.Failures.Keys.Should().Equal("broken: ConnectionRefused");
    }

    [Fact]
    public void The_same_seed_asks_the_same()
    {
        var (one, other) = (new HttpMix(Options(new Uri("http://localhost"), 1, TimeSpan.FromSeconds(1))), new HttpMix(Options(new Uri("http://localhost"), 1, TimeSpan.FromSeconds(1))));
        var asked = Enumerable.Range(0, 500).Select(_ => one.Next()).ToList();

        asked.Should().Equal(Enumerable.Range(0, 500).Select(_ => other.Next()));
        asked.Select(a => a.OnNewConnection).Distinct().Should().HaveCount(2);
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.99, 10)]
    [InlineData(1, 10)]
    public void Percentiles_are_exact(double share, double expected) =>
        HttpLoadSummary.Percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share).Should().Be(expected);

    private static HttpLoadOptions Options(Uri target, double rate, TimeSpan deadline) =>
        new() { Target = target, RatePerSecond = rate, Seed = 1, Name = "test", Invoices = [1, 2, 3], Deadline = deadline, NewConnectionShare = 0.3 };

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static Uri AddressOf(WebApplication server) =>
        new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private Task<HttpLoadRecord> RunAsync(WebApplication server, double rate, TimeSpan length, TimeSpan? deadline = null) =>
        HttpLoadRun.ForAsync(Options(AddressOf(server), rate, deadline ?? TimeSpan.FromSeconds(5)), length, _run, "h.jsonl", TestContext.Current.CancellationToken);
}
