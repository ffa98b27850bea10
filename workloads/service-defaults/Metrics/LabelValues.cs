namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>Values of labels as a key.</summary>
internal readonly struct LabelValues(string[] values) : IEquatable<LabelValues>
{
    private readonly string[]? _values = values;

    private string[] Values => _values ?? [];

    public bool Equals(LabelValues other) => Values.AsSpan().SequenceEqual(other.Values);

    public override bool Equals(object? obj) => obj is LabelValues other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Values)
        {
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public IReadOnlyList<KeyValuePair<string, string>> With(string[] names) => [.. names.Zip(Values, KeyValuePair.Create)];
}
