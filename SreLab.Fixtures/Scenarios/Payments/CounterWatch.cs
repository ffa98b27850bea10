using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>A counter that is followed.</summary>
/// <param name="Name">Under which its rise is summed up.</param>
/// <param name="Address">Where it is scraped.</param>
/// <param name="Metric">Its name there.</param>
/// <param name="Labels">Its labels; empty for the sum over all.</param>
internal sealed record WatchedCounter(string Name, Uri Address, string Metric, params (string Label, string Value)[] Labels);

/// <summary>Follows counters of processes that are killed: what begins at zero again was a restart, and what was counted before stays counted.</summary>
internal sealed class CounterWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly IReadOnlyList<WatchedCounter> _counters;
    private readonly HttpProbe _probe = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly double?[] _last;
    private readonly double[] _rise;
    private Task _loop = Task.CompletedTask;

    private CounterWatch(IReadOnlyList<WatchedCounter> counters)
    {
        _counters = counters;
        _last = new double?[counters.Count];
        _rise = new double[counters.Count];
    }

    /// <summary>Looks once, and goes on looking.</summary>
    public static async Task<CounterWatch> StartAsync(IReadOnlyList<WatchedCounter> counters, CancellationToken ct)
    {
        var watch = new CounterWatch(counters);
        await watch.LookAsync(ct);
        watch._loop = Task.Run(watch.RunAsync, CancellationToken.None);
        return watch;
    }

    /// <summary>A last look, and the rise of every counter since the start, by name.</summary>
    public async Task<IReadOnlyDictionary<string, double>> FinishAsync(CancellationToken ct)
    {
        await _stop.CancelAsync();
        await _loop;
        await LookAsync(ct);
        return _counters.Select((c, i) => (c.Name, Rise: _rise[i])).GroupBy(c => c.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Rise), StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _probe.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await LookAsync(CancellationToken.None);
            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        foreach (var address in _counters.Select(c => c.Address).Distinct())
        {
            var answer = await _probe.AskAsync(new HttpQuestion(HttpMethod.Get, address) { Deadline = TimeSpan.FromSeconds(1) }, onNewConnection: true, ct);
            if (answer.Status == 200)
            {
                Take(address, PrometheusText.Parse(answer.Body));
            }
        }
    }

    private void Take(Uri address, PrometheusText metrics)
    {
        for (var i = 0; i < _counters.Count; i++)
        {
            if (_counters[i].Address != address)
            {
                continue;
            }

            var now = metrics.Sum(_counters[i].Metric, _counters[i].Labels) ?? 0;
            _rise[i] += _last[i] is not { } before ? 0 : now >= before ? now - before : now;
            _last[i] = now;
        }
    }
}
