using System.CommandLine;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Scenarios.Soak;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Cli;

/// <summary><c>srelab soak</c>: random faults at random moments on a lab of its own, one verdict.</summary>
internal static class SoakCommand
{
    private const int DefaultFaults = 60;

    internal static Command Create()
    {
        var faults = new Option<int>("--faults") { Description = "How many", DefaultValueFactory = _ => DefaultFaults };
        var plan = new Option<bool>("--plan") { Description = "Only print the sequence" };
        var only = new Option<string?>("--only") { Description = "Draw only these faults, separated by commas: to carry one out again and again" };
        var command = new Command("soak", "Random faults at random moments, one ledger, one verdict (SEED decides the sequence)") { faults, plan, only };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(faults), parsed.GetValue(plan), parsed.GetValue(only)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], ct));
        return command;
    }

    private static async Task<int> RunAsync(int faults, bool isPlanOnly, string[] only, CancellationToken ct)
    {
        var settings = SettingsLoader.Load() with { Target = "local" };
        var steps = SoakPlan.Draw(faults, settings.Seed, only);
        if (isPlanOnly)
        {
            Console.WriteLine(string.Join('\n', steps.Select(s => FormattableString.Invariant($"{s.Number,4} {s.Name}"))));
            return 0;
        }

        using var progress = new RunProgress();
        var target = TargetChoice.Make(settings).Target;
        if (await target.AttachAsync(ct) is not null)
        {
            throw new LabException($"soak refused: a lab is up on {settings.Network}, and a soak breaks it over and over.\n  end it       make down NETWORK={settings.Network}");
        }

        var store = RunStore.Create(Path.Combine(settings.RepositoryRoot, "runs", "soak"), target.Name, DateTimeOffset.UtcNow);
        progress.CopyTo(store.PathOf(EvidenceFiles.Progress));
        SoakRecord record;
        try
        {
            var lab = (await target.UpAsync(progress, ct)).Lab;
            await new Seeder().SeedAsync(lab, settings, progress, ct);
            var scene = new FaultScene { Lab = lab, Settings = settings, Store = store, Progress = progress, HasCompanions = true };
            record = await SoakRun.RunAsync(scene, steps, Objectives.Load(Path.Combine(settings.RepositoryRoot, "slos.json")), only, ct);
        }
        finally
        {
            await target.DownAsync(progress, CancellationToken.None);
        }

        Console.WriteLine(SoakSummary.Write(record));
        Console.WriteLine($"evidence in {Path.GetRelativePath(settings.RepositoryRoot, store.Folder)}");
        return record.Stopped is null ? 0 : 1;
    }
}
