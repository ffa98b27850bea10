using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Follows the logs of a pass while pgbench writes them, one a thread, and counts every transaction once.</summary>
/// <param name="folder">Where the logs appear.</param>
/// <param name="metrics">Receives the counts; null when nobody looks.</param>
/// <remarks>The logs lag by what pgbench buffers, some hundred transactions a thread. Not for several threads at once.</remarks>
internal sealed class PgbenchTail(string folder, ClientMetrics? metrics) : IDisposable
{
    private readonly Dictionary<string, PgbenchLogReader> _readers = [];
    private readonly List<PgbenchSample> _fresh = [];

    /// <summary>Reads what came since the last call.</summary>
    /// <param name="latenciesUs">Receives the latencies of what succeeded, microseconds.</param>
    /// <returns>Whether the logs could be read; the final reading of the logs judges them, this is not the place.</returns>
    public bool Read(List<long> latenciesUs)
    {
        _fresh.Clear();
        var readable = TryReadFresh();
        foreach (var sample in _fresh)
        {
            if (sample.Outcome == SampleOutcome.Ok)
            {
                latenciesUs.Add(sample.LatencyUs);
                metrics?.ObserveLatency(ClientSource.Pgbench, sample.LatencyUs / 1e6);
            }

            metrics?.Count(ClientSource.Pgbench, sample.Outcome == SampleOutcome.Ok ? ClientOutcome.Ok : ClientOutcome.Failed);
        }

        return readable;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Dispose();
        }
    }

    private bool TryReadFresh()
    {
        try
        {
            foreach (var path in PgbenchLogs.Find(folder))
            {
                if (!_readers.TryGetValue(path, out var reader))
                {
                    reader = new PgbenchLogReader(path);
                    _readers.Add(path, reader);
                }

                reader.ReadAvailable(_fresh);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or LabException)
        {
            return false;
        }
    }
}
