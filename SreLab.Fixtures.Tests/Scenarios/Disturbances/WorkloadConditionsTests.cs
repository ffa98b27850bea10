using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

/// <summary>Conditions of a workload, asked of a server that tells what a test wants it to.</summary>
public sealed class WorkloadConditionsTests : IDisposable
{
    private const string Requests = "http_server_request_duration_seconds_count";
    private readonly HttpListener _server = new();
    private readonly WorkloadReadings _readings = new();
    private readonly WorkloadConditions _conditions;
    private string _metrics = "";
    private int _healthz = 200;

    public WorkloadConditionsTests()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/"));
        probe.Stop();
        _server.Prefixes.Add(address.ToString());
        _server.Start();
        _ = ServeAsync();
        _conditions = new WorkloadConditions(_readings, new WorkloadInstance("app-1", address, address), Ledger.Objectives);
    }

    [Theory]
    [InlineData(100, 2, "/hello", true)]
    [InlineData(100, 1, "/hello", false)]
    [InlineData(18, 1, "/hello", false)]
    [InlineData(100, 50, "/readiness", false)]
    public async Task More_than_one_in_a_hundred_of_enough_requests_must_fail(int good, int bad, string route, bool fails)
    {
        (await TellAsync(Count(0, "200", "/hello"), _conditions.FailsAsync)).Should().BeFalse();
        (await TellAsync(Count(good - bad, "200", "/hello") + Count(bad, "504", route), _conditions.FailsAsync)).Should().Be(fails);
    }

    [Theory]
    [InlineData(98, true)]
    [InlineData(99, false)]
    public async Task More_than_one_in_a_hundred_must_be_slower_than_the_objective(int quick, bool isSlow)
    {
        (await TellAsync(Count(0, "200", "/hello") + Quick(0), _conditions.IsSlowAsync)).Should().BeFalse();
        (await TellAsync(Count(100, "200", "/hello") + Quick(quick), _conditions.IsSlowAsync)).Should().Be(isSlow);
    }

    [Theory]
    [InlineData(33, 100, true)]
    [InlineData(32, 100, false)]
    [InlineData(33, 10, false)]
    public async Task The_heap_must_grow_under_load(int mebibytes, int requests, bool grows)
    {
        (await TellAsync("dotnet_gc_heap_bytes 0\n" + Count(0, "200", "/hello"), _conditions.GrowsAsync)).Should().BeFalse();
        (await TellAsync($"dotnet_gc_heap_bytes {(long)mebibytes << 20}\n" + Count(requests, "200", "/hello"), _conditions.GrowsAsync)).Should().Be(grows);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public async Task Half_of_the_pool_must_be_in_use(int used, bool holds) =>
        (await TellAsync($"db_client_connections{{state=\"used\"}} {used}\ndb_client_connections{{state=\"idle\"}} 20\n", _conditions.HoldsConnectionsAsync)).Should().Be(holds);

    [Fact]
    public async Task A_probe_fails_after_a_second_of_wrong_answers()
    {
        _healthz = 500;
        (await _conditions.FailsProbeAsync(TestContext.Current.CancellationToken)).Should().BeFalse();
        await Task.Delay(TimeSpan.FromMilliseconds(1100), TestContext.Current.CancellationToken);
        (await _conditions.FailsProbeAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
        _healthz = 200;
        (await _conditions.FailsProbeAsync(TestContext.Current.CancellationToken)).Should().BeFalse();
    }

    [Fact]
    public async Task What_does_not_answer_fails_no_probe()
    {
        _server.Stop();

        (await _conditions.FailsProbeAsync(TestContext.Current.CancellationToken)).Should().BeFalse();
    }

    public void Dispose()
    {
        _server.Close();
        _conditions.Dispose();
        _readings.Dispose();
    }

    /// <summary>Tells new numbers, after the old ones are too old to be taken again.</summary>
    private async Task<bool> TellAsync(string metrics, Func<CancellationToken, Task<bool>> askAsync)
    {
        _metrics = metrics;
        await Task.Delay(TimeSpan.FromMilliseconds(150), TestContext.Current.CancellationToken);
        return await askAsync(TestContext.Current.CancellationToken);
    }

    private static string Count(int value, string status, string route) =>
        string.Create(CultureInfo.InvariantCulture, $"{Requests}{{method=\"GET\",route=\"{route}\",status=\"{status}\"}} {value}\n");

    private static string Quick(int value) =>
        string.Create(CultureInfo.InvariantCulture, $"http_server_request_duration_seconds_bucket{{method=\"GET\",route=\"/hello\",status=\"200\",le=\"0.5\"}} {value}\n");

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            try
            {
                var context = await _server.GetContextAsync();
                context.Response.StatusCode = context.Request.Url!.AbsolutePath == "/healthz" ? _healthz : 200;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(_metrics));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
