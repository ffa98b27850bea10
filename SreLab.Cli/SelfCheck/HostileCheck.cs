using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Surroundings;

namespace SreLab.Cli.SelfCheck;

/// <summary>The check that a hostile environment reaches nobody, with and without the defect: programs that inherit it.</summary>
internal static class HostileCheck
{
    /// <summary>The spec class that starts programs of libpq.</summary>
    internal const string SpecClass = "When_the_database_is_benchmarked";

    /// <summary>Runs both.</summary>
    /// <param name="settings">Where the repository is.</param>
    /// <param name="environment">Settings of the self-check's lab.</param>
    /// <param name="say">Told the outcome of each.</param>
    /// <param name="ct">Ends the processes.</param>
    /// <returns>How many did not do what they must.</returns>
    internal static async Task<int> RunAsync(LabSettings settings, IReadOnlyDictionary<string, string> environment, Action<string> say, CancellationToken ct)
    {
        var (clean, seenClean) = await InAsync(settings, Planting.Control, environment, ct);
        var red = clean.Results.Where(r => r.Value.IsRed).Select(r => r.Key).ToList();
        var isQuiet = clean.ExitCode == 0 && clean.Results.Count > 0 && seenClean.Count == 0;
        say($"{(isQuiet ? "ok" : "FALSE ALARM"),-11} {"no defect",-20} {SpecClass}, hostile environment: {(isQuiet ? $"{clean.Results.Count} specs green, nobody was reached" : $"red: {string.Join(", ", red)}; {First(seenClean)}")}");

        var (_, seen) = await InAsync(settings, Planting.InheritedEnvironment, environment, ct);
        var isCaught = seen.Count > 0;
        say($"{(isCaught ? "caught" : "MISSED"),-11} {Planting.InheritedEnvironment,-20} programs inherit PGSERVICE and the like; {First(seen)}");
        return (isQuiet ? 0 : 1) + (isCaught ? 0 : 1);
    }

    private static async Task<(SpecRun Run, IReadOnlyList<string> Seen)> InAsync(
        LabSettings settings, string plant, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        await using var surroundings = await HostileSurroundings.StartAsync(settings.Network, ct);
        var all = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var (name, value) in surroundings.Variables)
        {
            all[name] = value;
        }

        var run = await SpecRun.OfAsync(settings, SpecClass, plant, all, ct);
        return (run, await surroundings.SeenAsync());
    }

    private static string First(IReadOnlyList<string> seen) => seen.Count == 0 ? "nobody was reached" : seen[0];
}
