using System.Collections.Concurrent;
using System.Globalization;

namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>How observations are spread, for each value of its labels. Safe from any thread.</summary>
public sealed class HistogramMetric : IMetric
{
    private readonly double[] _bounds;
    private readonly string[] _labels;
    private readonly ConcurrentDictionary<LabelValues, Cell> _cells = new();

    internal HistogramMetric(string name, string help, double[] bounds, string[] labels) => (Name, Help, _bounds, _labels) = (name, help, bounds, labels);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Help { get; }

    /// <inheritdoc/>
    public string Type => "histogram";

    /// <summary>Takes one observation.</summary>
    /// <param name="value">What was observed, in the unit of the name.</param>
    /// <param name="values">Values of the labels, in their order.</param>
    public void Observe(double value, params string[] values)
    {
        var place = Array.BinarySearch(_bounds, value);
        _cells.GetOrAdd(new LabelValues(values), _ => new Cell(_bounds.Length + 1)).Observe(value, place < 0 ? ~place : place);
    }

    /// <inheritdoc/>
    public IEnumerable<Sample> Samples() => _cells.SelectMany(c => SamplesOf(c.Key.With(_labels), c.Value.Read()));

    private IEnumerable<Sample> SamplesOf(IReadOnlyList<KeyValuePair<string, string>> labels, (long[] Counts, double Sum) read)
    {
        var below = 0L;
        for (var i = 0; i <= _bounds.Length; i++)
        {
            below += read.Counts[i];
            var bound = i < _bounds.Length ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            yield return new Sample(Name + "_bucket", [.. labels, new("le", bound)], below);
        }

        yield return new Sample(Name + "_sum", labels, read.Sum);
        yield return new Sample(Name + "_count", labels, below);
    }

    private sealed class Cell(int buckets)
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[buckets];
        private double _sum;

        public void Observe(double value, int bucket)
        {
            lock (_lock)
            {
                _counts[bucket]++;
                _sum += value;
            }
        }

        public (long[] Counts, double Sum) Read()
        {
            lock (_lock)
            {
                return ([.. _counts], _sum);
            }
        }
    }
}
