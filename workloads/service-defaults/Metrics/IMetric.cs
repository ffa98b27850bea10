namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>One name in <c>/metrics</c> with all its samples.</summary>
public interface IMetric
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>What it is, in one line.</summary>
    string Help { get; }

    /// <summary><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    string Type { get; }

    /// <summary>What it is now.</summary>
    IEnumerable<Sample> Samples();
}

/// <summary>One line of <c>/metrics</c>.</summary>
/// <param name="Name">The metric's name, with the suffix of a histogram's part.</param>
/// <param name="Labels">Names and values of labels.</param>
/// <param name="Value">The value.</param>
public readonly record struct Sample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);
