using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Finds what earlier comparisons measured with the cluster manager's default timings.</summary>
public static class DefaultTimings
{
    /// <summary>File in a comparison's folder.</summary>
    public const string FileName = "compare/outages.json";

    /// <summary>The newest measure of each kind; null when none was ever made here.</summary>
    /// <param name="compareFolder">The folder that holds all comparisons.</param>
    public static DefaultTimingsRecord? Find(string compareFolder)
    {
        if (!Directory.Exists(compareFolder))
        {
            return null;
        }

        var outages = new DirectoryInfo(compareFolder).GetDirectories()
            .Where(d => d.LinkTarget is null)
            .OrderByDescending(d => d.Name, StringComparer.Ordinal)
            .SelectMany(d => new RunStore(d.FullName).TryRead<List<ComparedOutage>>(FileName) ?? [])
            .DistinctBy(o => o.Kind)
            .OrderBy(o => o.Kind, StringComparer.Ordinal)
            .ToList();
        return outages.Count == 0 ? null : new DefaultTimingsRecord { Outages = outages };
    }

    /// <summary>Those of a comparison, for its folder.</summary>
    internal static List<ComparedOutage> Of(IEnumerable<Comparison> comparisons, RunStore store) =>
        [.. comparisons.Where(c => c.Fault is not null).Select(c => new ComparedOutage(c.Fault!, Path.GetFileName(store.Folder), c.Ours.Count, c.OursMedian, c.PeerMedian, c.Word))];
}
