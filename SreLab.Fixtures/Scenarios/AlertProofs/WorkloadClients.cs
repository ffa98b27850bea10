using System.Diagnostics;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>Clients of the sample workloads at a steady rate, whatever becomes of their requests: what they cause is looked at elsewhere.</summary>
internal sealed class WorkloadClients : IAsyncDisposable
{
    private static readonly string[] Paths = ["hello", "invoices?limit=10", "", "hello", "invoices?paid=true&limit=1"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Deadline };
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    private WorkloadClients(Uri address, double rate) => _loop = Task.Run(() => RunAsync(address, rate));

    /// <summary>Starts them.</summary>
    /// <param name="address">Base address of a sidecar or the load balancer.</param>
    /// <param name="rate">Requests per second.</param>
    public static WorkloadClients Start(Uri address, double rate) => new(address, rate);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Uri address, double rate)
    {
        var clock = Stopwatch.StartNew();
        var sent = new List<Task>();
        for (var i = 0L; !_stop.IsCancellationRequested; i++)
        {
            var early = TimeSpan.FromSeconds(i / rate) - clock.Elapsed;
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            sent.RemoveAll(t => t.IsCompleted);
            sent.Add(AskAsync(new Uri(address, Paths[i % Paths.Length])));
        }

        await Task.WhenAll(sent);
    }

    private async Task AskAsync(Uri address)
    {
        try
        {
            using var response = await _http.GetAsync(address, _stop.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Refused, broken or late: the sidecar has counted it, or nobody has.
        }
    }
}
