using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The transaction logs of one pgbench run: one file a thread, <c>prefix.pid</c>, <c>prefix.pid.1</c>, …</summary>
internal static partial class PgbenchLogs
{
    /// <summary>The prefix that pgbench is given.</summary>
    public const string Prefix = "pgbench";

    /// <summary>The logs in a folder, in the order of the threads.</summary>
    public static IReadOnlyList<string> Find(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, Prefix + ".*")
            .Where(path => LogName().IsMatch(Path.GetFileName(path)))
            .OrderBy(path => path.Length)
            .ThenBy(path => path, StringComparer.Ordinal),
    ];

    /// <summary>Every sample of every log.</summary>
    /// <param name="paths">The logs.</param>
    /// <param name="mayBeCutOff">pgbench ended badly: the last line of a log may be half a line, and is left out.</param>
    /// <exception cref="Lab.LabException">A line is not one of pgbench's.</exception>
    public static List<PgbenchSample> Read(IEnumerable<string> paths, bool mayBeCutOff)
    {
        var samples = new List<PgbenchSample>();
        foreach (var path in paths)
        {
            using var reader = new PgbenchLogReader(path);
            reader.ReadAvailable(samples);
            if (reader.EndsWithinLine && !mayBeCutOff)
            {
                throw reader.CutOff();
            }
        }

        return samples;
    }

    [GeneratedRegex(@"^pgbench\.\d+(\.\d+)?$")]
    private static partial Regex LogName();
}
