using System.Collections.Concurrent;

namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>A number that only rises, for each value of its labels. Counts are exact up to 2^63 and safe from any thread.</summary>
public sealed class CounterMetric : IMetric
{
    private readonly string[] _labels;
    private readonly ConcurrentDictionary<LabelValues, Cell> _cells = new();

    internal CounterMetric(string name, string help, string[] labels)
    {
        (Name, Help, _labels) = (name, help, labels);
        if (labels.Length == 0)
        {
            _cells[default] = new Cell();
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Help { get; }

    /// <inheritdoc/>
    public string Type => "counter";

    /// <summary>Shows a value of the labels with zero before anything is counted, so that a rate can be taken from the first on.</summary>
    /// <param name="values">Values of the labels, in their order.</param>
    public void Show(params string[] values) => CellOf(values);

    /// <summary>Adds to it.</summary>
    /// <param name="amount">How much; not negative.</param>
    /// <param name="values">Values of the labels, in their order.</param>
    public void Add(long amount, params string[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        CellOf(values).Add(amount);
    }

    /// <summary>What was counted.</summary>
    /// <param name="values">Values of the labels, in their order.</param>
    public long Value(params string[] values) => CellOf(values).Value;

    /// <inheritdoc/>
    public IEnumerable<Sample> Samples() =>
        _cells.Select(c => new Sample(Name, c.Key.With(_labels), c.Value.Value));

    private Cell CellOf(string[] values) =>
        values.Length == _labels.Length
            ? _cells.GetOrAdd(new LabelValues(values), _ => new Cell())
            : throw new ArgumentException($"{Name} has {_labels.Length} labels, not {values.Length}", nameof(values));

    private sealed class Cell
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Add(long amount) => Interlocked.Add(ref _value, amount);
    }
}
