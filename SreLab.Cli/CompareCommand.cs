using System.CommandLine;
using SreLab.Fixtures.Comparisons;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Cli;

/// <summary><c>srelab compare</c>: measures this project beside its peers on this machine, in a lab of its own.</summary>
internal static class CompareCommand
{
    internal static Command Create()
    {
        var only = new Option<string[]>("--only") { Description = $"Which: {string.Join(", ", AllComparisons.Names)}", AllowMultipleArgumentsPerToken = true };
        var command = new Command("compare", "Measure side by side with the peers, interleaved, with an A/A control") { only };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(only) is { Length: > 0 } names ? names : [.. AllComparisons.Names], ct));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var settings = SettingsLoader.Load();
        if (names.Except(AllComparisons.Names).ToList() is { Count: > 0 } unknown)
        {
            throw new LabException($"no comparison is called {string.Join(", ", unknown)}; known: {string.Join(", ", AllComparisons.Names)}");
        }

        using var progress = new RunProgress();
        var target = TargetChoice.Make(settings with { Target = "local" }).Target;
        if (await target.AttachAsync(ct) is not null)
        {
            throw new LabException(
                $"compare refused: a lab is up on {settings.Network}, and comparing drops tables and kills members.\n  end it       make down NETWORK={settings.Network}");
        }

        var store = RunStore.Create(Path.Combine(settings.RepositoryRoot, "runs", "compare"), target.Name, DateTimeOffset.UtcNow);
        progress.CopyTo(store.PathOf(EvidenceFiles.Progress));
        try
        {
            var lab = (await target.UpAsync(progress, ct)).Lab;
            await new Seeder().SeedAsync(lab, settings, progress, ct);
            await AllComparisons.RunAsync(lab, settings, names, store, progress, ct);
        }
        finally
        {
            await target.DownAsync(progress, CancellationToken.None);
        }

        Console.WriteLine(await File.ReadAllTextAsync(store.PathOf(AllComparisons.TableFile), ct));
        Console.WriteLine($"evidence in {Path.GetRelativePath(settings.RepositoryRoot, store.Folder)}");
        return 0;
    }
}
