using System.Collections.Concurrent;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>A load with its history on disk, and the record that is made of it.</summary>
public sealed class HttpLoadRun : IAsyncDisposable
{
    private readonly ConcurrentQueue<HttpOperation> _operations = new();
    private readonly HistoryWriter<HttpOperation> _history;
    private readonly HttpLoad _load;
    private readonly HttpLoadOptions _options;
    private readonly string _file;

    /// <summary>Starts to send.</summary>
    /// <param name="options">What is sent.</param>
    /// <param name="store">The run.</param>
    /// <param name="file">Where its history goes, relative to the run.</param>
    public HttpLoadRun(HttpLoadOptions options, RunStore store, string file)
    {
        _options = options;
        _file = file;
        var clock = new HistoryClock();
        _history = new HistoryWriter<HttpOperation>(
            store.PathOf(file), new HistoryHeader(clock.StartedUtc, 1, options.RatePerSecond, options.Deadline.TotalMilliseconds));
        _load = new HttpLoad(options, clock, Record);
    }

    /// <summary>Sends for a while, then stops.</summary>
    public static async Task<HttpLoadRecord> ForAsync(HttpLoadOptions options, TimeSpan length, RunStore store, string file, CancellationToken ct)
    {
        await using var run = new HttpLoadRun(options, store, file);
        await Task.Delay(length, ct).ConfigureAwait(false);
        return await run.FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Stops, and sums up.</summary>
    public async Task<HttpLoadRecord> FinishAsync()
    {
        await _load.StopAsync().ConfigureAwait(false);
        return HttpLoadSummary.Of([.. _operations], _options, _file);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _load.DisposeAsync().ConfigureAwait(false);
        await _history.DisposeAsync().ConfigureAwait(false);
    }

    private void Record(HttpOperation operation)
    {
        _operations.Enqueue(operation);
        _history.Append(operation);
    }
}
