using System.Collections.Concurrent;

namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>Everything that a service tells in <c>/metrics</c>. A name exists once.</summary>
public sealed class MetricRegistry
{
    private readonly ConcurrentDictionary<string, IMetric> _metrics = new(StringComparer.Ordinal);

    /// <summary>All metrics by name.</summary>
    public IEnumerable<IMetric> All => _metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Value);

    /// <summary>Makes a counter.</summary>
    /// <param name="name">Its name; ends with <c>_total</c>.</param>
    /// <param name="help">What it counts, in one line.</param>
    /// <param name="labels">Names of its labels.</param>
    public CounterMetric Counter(string name, string help, params string[] labels) => Add(new CounterMetric(name, help, labels));

    /// <summary>Makes a histogram.</summary>
    /// <param name="name">Its name, with the unit.</param>
    /// <param name="help">What it observes, in one line.</param>
    /// <param name="bounds">Upper bounds of its buckets, rising, without the infinite one.</param>
    /// <param name="labels">Names of its labels.</param>
    public HistogramMetric Histogram(string name, string help, double[] bounds, params string[] labels) => Add(new HistogramMetric(name, help, bounds, labels));

    /// <summary>Shows a number that may fall.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What it is, in one line.</param>
    /// <param name="read">Reads it; cheap, and safe from any thread.</param>
    public void Gauge(string name, string help, Func<double> read) => Add(new CollectedMetric(name, help, "gauge", () => [new Sample(name, [], read())]));

    /// <summary>Shows numbers that may fall, one for each value of a label.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What it is, in one line.</param>
    /// <param name="read">Reads label values with their numbers; cheap, and safe from any thread.</param>
    public void Gauge(string name, string help, Func<IEnumerable<(KeyValuePair<string, string>[] Labels, double Value)>> read) =>
        Add(new CollectedMetric(name, help, "gauge", () => read().Select(r => new Sample(name, r.Labels, r.Value))));

    /// <summary>Shows a number that something else counts.</summary>
    /// <param name="name">Its name; ends with <c>_total</c>.</param>
    /// <param name="help">What it counts, in one line.</param>
    /// <param name="read">Reads it; cheap, and safe from any thread.</param>
    public void CollectedCounter(string name, string help, Func<double> read) => Add(new CollectedMetric(name, help, "counter", () => [new Sample(name, [], read())]));

    private T Add<T>(T metric)
        where T : IMetric =>
        _metrics.TryAdd(metric.Name, metric) ? metric : throw new InvalidOperationException($"the metric {metric.Name} exists already");
}
