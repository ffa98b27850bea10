using System.Diagnostics.Metrics;
using SreLab.Workloads.ServiceDefaults.Metrics;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>How many connections the pool holds, as Npgsql counts them.</summary>
public sealed class ConnectionMetrics : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds <c>db_client_connections</c>.</summary>
    /// <param name="registry">Where to add it.</param>
    public ConnectionMetrics(MetricRegistry registry)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Npgsql" && instrument.Name == "db.client.connection.count")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Count(value, tags));
        _listener.Start();
        registry.Gauge("db_client_connections", "Connections of the pool.", Read);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Count(int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? state = null, pool = null;
        foreach (var tag in tags)
        {
            switch (tag.Key)
            {
                case "db.client.connection.state":
                    state = tag.Value as string;
                    break;
                case "db.client.connection.pool.name":
                    pool = tag.Value as string;
                    break;
            }
        }

        if (state is not null && pool == DataSources.Requests)
        {
            _counts[state] = _counts.GetValueOrDefault(state) + value;
        }
    }

    private List<(KeyValuePair<string, string>[] Labels, double Value)> Read()
    {
        lock (_lock)
        {
            _counts["used"] = 0;
            _counts["idle"] = 0;
            _listener.RecordObservableInstruments();
            return [.. _counts.Select(c => (new[] { KeyValuePair.Create("state", c.Key) }, (double)c.Value))];
        }
    }
}
