using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Every comparison with a peer that this machine can run, in one table.</summary>
public static class AllComparisons
{
    /// <summary>File of the table in a run's folder.</summary>
    public const string TableFile = "compare/compare.md";

    /// <summary>Names of the comparisons, for <c>--only</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["generation", "seed", "bench", "restore", .. WeightComparison.Names, .. OutageComparison.ByName.Keys];

    /// <summary>Runs the named comparisons; the table is written after each, so that an interrupted run keeps what it has.</summary>
    /// <param name="lab">A lab of its own: tables are dropped and members killed.</param>
    /// <param name="settings">Rows, clients and seed.</param>
    /// <param name="names">Which, in order.</param>
    /// <param name="store">The run.</param>
    /// <param name="progress">Told of each measurement.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<Comparison>> RunAsync(
        ILab lab, LabSettings settings, IReadOnlyList<string> names, RunStore store, IProgressLog progress, CancellationToken ct)
    {
        List<Comparison> done = [];
        foreach (var name in names)
        {
            progress.Say($"comparing: {name}");
            done.Add(name switch
            {
                "generation" => await GenerationMeasure.RunAsync(pairs: 6, progress, ct),
                "seed" => await SeedComparison.RunAsync(lab, settings, pairs: 5, progress, ct),
                "bench" => await BenchComparison.RunAsync(lab, settings, pairs: 6, store, progress, ct),
                "restore" => await RestoreComparison.RunAsync(lab, settings, pairs: 5, progress, ct),
                _ when WeightComparison.Names.Contains(name) => await WeightComparison.RunAsync(lab, name, settings, pairs: 6, progress, ct),
                _ when OutageComparison.ByName.ContainsKey(name) => await OutageComparison.RunAsync(lab, name, settings, store, progress, ct),
                _ => throw new LabException($"no comparison is called {name}; known: {string.Join(", ", Names)}"),
            });
            await File.WriteAllTextAsync(
                store.PathOf(TableFile), $"{Comparison.Heading}\n{string.Join('\n', done.Select(c => c.ToRow()))}\n", ct);
            store.Write("compare/compare.json", done);
            store.Write(DefaultTimings.FileName, DefaultTimings.Of(done, store));
        }

        return done;
    }
}
