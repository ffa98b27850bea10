using SreLab.Workloads.ServiceDefaults.Defects;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>The defects that the invoice app can carry.</summary>
internal static class KnownDefects
{
    private static readonly Dictionary<string, Func<Defect>> All = new(StringComparer.Ordinal)
    {
        [MemoryLeak.DefectName] = () => new MemoryLeak(),
        [CounterRace.DefectName] = () => new CounterRace(),
        [FailingHealthz.DefectName] = () => new FailingHealthz(),
        [SlowResponses.DefectName] = () => new SlowResponses(),
        [WrongProbePort.DefectName] = () => new WrongProbePort(),
        [AbruptShutdown.DefectName] = () => new AbruptShutdown(),
        [ConnectionLeak.DefectName] = () => new ConnectionLeak(),
        [MissingCorrelationId.DefectName] = () => new MissingCorrelationId(),
        [EarlyReadiness.DefectName] = () => new EarlyReadiness(),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>Makes those that are named.</summary>
    /// <param name="names">Names of known defects.</param>
    public static IReadOnlyList<Defect> Make(IEnumerable<string> names) => [.. names.Select(n => All[n]())];
}
