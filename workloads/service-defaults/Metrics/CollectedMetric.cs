namespace SreLab.Workloads.ServiceDefaults.Metrics;

/// <summary>A number that is read when it is asked for.</summary>
internal sealed class CollectedMetric(string name, string help, string type, Func<IEnumerable<Sample>> read) : IMetric
{
    public string Name => name;

    public string Help => help;

    public string Type => type;

    public IEnumerable<Sample> Samples() => read();
}
