using System.Globalization;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>Open-loop clients: each request has its moment, whatever became of those before it, and latency counts from that moment.</summary>
/// <remarks>
/// Nothing is tried again by the suite. The runtime's HTTP client may send a request a second time when a kept connection turns out to have been
/// closed before a byte of it was answered, as every browser does; requests on connections of their own are never sent twice.
/// </remarks>
public sealed class HttpLoad : IAsyncDisposable
{
    private const string CorrelationHeader = "X-Correlation-ID";
    private readonly HttpLoadOptions _options;
    private readonly HistoryClock _clock;
    private readonly Action<HttpOperation> _record;
    private readonly HttpClients _clients = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private bool _disposed;

    /// <summary>Starts to send.</summary>
    /// <param name="options">What is sent.</param>
    /// <param name="clock">The history's clock.</param>
    /// <param name="record">Told of every request with its outcome, from any thread.</param>
    public HttpLoad(HttpLoadOptions options, HistoryClock clock, Action<HttpOperation> record)
    {
        _options = options;
        _clock = clock;
        _record = record;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Ends the schedule and waits until the outcome of every request that was sent is recorded; each has a deadline.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await StopAsync().ConfigureAwait(false);
        _clients.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var mix = new HttpMix(_options);
        var sent = new List<Task>();
        var firstMs = _clock.NowMs;
        for (var i = 0L; !_stop.IsCancellationRequested; i++)
        {
            var scheduledMs = firstMs + (i * 1000 / _options.RatePerSecond);
            var pauseMs = scheduledMs - _clock.NowMs;
            if (pauseMs > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_stop.IsCancellationRequested)
                {
                    break;
                }
            }

            var (plan, number) = (mix.Next(), i);
            sent.Add(Task.Run(() => SendAsync(plan, number, scheduledMs), CancellationToken.None));
        }

        await Task.WhenAll(sent).ConfigureAwait(false);
    }

    private async Task SendAsync(HttpPlan plan, long number, double scheduledMs)
    {
        var sentMs = _clock.NowMs;
        var correlation = string.Create(CultureInfo.InvariantCulture, $"{_options.Name}-{number}");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, scheduledMs + _options.Deadline.TotalMilliseconds - sentMs)));
        var (outcome, status, error) = await AskAsync(plan, correlation, deadline.Token).ConfigureAwait(false);
        _record(new HttpOperation
        {
            ScheduledMs = scheduledMs,
            SentMs = sentMs,
            EndedMs = _clock.NowMs,
            Method = HttpMethod.Get.Method,
            Route = plan.Route,
            Path = plan.Path,
            ExpectedStatus = plan.ExpectedStatus,
            Outcome = outcome,
            Status = status,
            Error = error,
            CorrelationId = correlation,
            OnNewConnection = plan.OnNewConnection,
        });
    }

    private async Task<(HttpOutcome Outcome, int? Status, string? Error)> AskAsync(HttpPlan plan, string correlation, CancellationToken deadline)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_options.Target, plan.Path));
            request.Headers.Add(CorrelationHeader, correlation);
            using var response = await _clients.For(plan.OnNewConnection).SendAsync(request, deadline).ConfigureAwait(false);
            return (HttpOutcome.Answered, (int)response.StatusCode, null);
        }
        catch (OperationCanceledException)
        {
            return (HttpOutcome.TimedOut, null, "deadline");
        }
        catch (Exception e)
        {
            return (HttpOutcome.Broken, null, HttpClients.Name(e));
        }
    }
}
