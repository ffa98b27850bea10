using System.Text.RegularExpressions;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Proves where pgbench will lead before it writes: pgbench itself asks, with the environment of the pass.</summary>
internal static partial class LibpqProof
{
    private const string Saw = "srelab-saw=";

    /// <summary>Asks through pgbench.</summary>
    /// <param name="lab">Runs it.</param>
    /// <param name="place">Where the pass connects.</param>
    /// <param name="environment">Of the pass.</param>
    /// <param name="ct">Kills pgbench.</param>
    /// <exception cref="Lab.LabException">It leads to another cluster; nothing was written.</exception>
    public static async Task DemandAsync(ILab lab, Place place, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        if (ProvenConnections.ExpectedAt(lab.ConnectionString(place, DatabaseUser.App)) is not { } identity)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("srelab-proof-").FullName;
        try
        {
            // The answer comes as an error whatever it is: pgbench prints no result of a query.
            var script = Path.Combine(folder, "who.sql");
            await File.WriteAllTextAsync(script, $"do $$ begin raise exception '{Saw}%', ({identity.Question}); end $$;\n", ct);
            var ended = await lab.RunRecordedAsync("pgbench-proof", "pgbench", ["-n", "-c", "1", "-t", "1", "-f", script], environment, folder, null, ct);
            if (Answer().Match(ended.Error) is not { Success: true } answer)
            {
                throw new Lab.LabException(
                    $"bench refused: pgbench could not ask which server {environment["PGHOST"]}:{environment["PGPORT"]} is; nothing was written.\n" +
                    $"  it said      {string.Join("; ", ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3))}\n" +
                    "  repeat       make status, then make bench");
            }

            identity.Demand(answer.Groups[1].Value, $"pgbench's server ({environment["PGHOST"]}:{environment["PGPORT"]})");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(Saw + @"(\S+)")]
    private static partial Regex Answer();
}
