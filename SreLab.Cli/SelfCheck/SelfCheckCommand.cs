using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Targets;

namespace SreLab.Cli.SelfCheck;

/// <summary><c>srelab self-check</c>: plants every known defect in a real lab and demands that the right spec turns red; a control without defect must be green.</summary>
internal static class SelfCheckCommand
{
    // Small on purpose: a self-check asks whether specs can tell, not how fast the database is.
    private static readonly Dictionary<string, string> SmallLab = new(StringComparer.Ordinal)
    {
        [SettingNames.Target] = "local",
        [SettingNames.Profile] = "quick",
        [SettingNames.Rows] = "50000",
        [SettingNames.BenchSeconds] = "8",
        [SettingNames.Kills] = "1",
    };

    internal static Command Create()
    {
        var only = new Option<string?>("--only") { Description = "Plant only these defects, separated by commas" };
        var command = new Command("self-check", "Plant defects: each must turn its spec red, and none may be red without") { only };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(only), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? only, CancellationToken ct)
    {
        var settings = SettingsLoader.Load();
        string[] asked = only?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (asked.Except(Planting.Ids).ToArray() is { Length: > 0 } unknown)
        {
            throw new LabException($"no plant is called {string.Join(", ", unknown)}; nothing was touched.\n  known        {string.Join(", ", Planting.Ids)}");
        }

        var plants = Planting.All.Where(p => asked.Length == 0 || asked.Contains(p.Id)).ToList();
        var isHostile = asked.Length == 0 || asked.Contains(Planting.InheritedEnvironment);
        var count = plants.Count + (isHostile ? 1 : 0);

        var environment = new Dictionary<string, string>(SmallLab, StringComparer.Ordinal) { [SettingNames.Network] = settings.Network };
        var target = TargetChoice.Make(settings with { Target = "local" }).Target;
        await target.DownAsync(new SilentProgress(), ct);
        var wrong = 0;
        try
        {
            // One class at a time: its control first, then its plants.
            foreach (var group in plants.GroupBy(p => p.SpecClass))
            {
                wrong += await ControlAsync(settings, group.Key, With(environment, group.First()), ct);
                foreach (var plant in group)
                {
                    wrong += await PlantAsync(settings, plant, With(environment, plant), ct);
                }
            }

            wrong += isHostile ? await HostileCheck.RunAsync(settings, environment, Say, ct) : 0;
        }
        finally
        {
            await target.DownAsync(new SilentProgress(), CancellationToken.None);
        }

        Say(wrong == 0
            ? $"self-check passed: {count} of {count} planted defects were caught, and no spec was red without one."
            : $"self-check failed: {wrong} of {count} plants and their controls did not do what they must.");
        return wrong == 0 ? 0 : 1;
    }

    private static Dictionary<string, string> With(Dictionary<string, string> environment, Plant plant)
    {
        var all = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var (name, value) in plant.Environment)
        {
            all[name] = value;
        }

        return all;
    }

    private static async Task<int> ControlAsync(LabSettings settings, string specClass, Dictionary<string, string> environment, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var run = await SpecRun.OfAsync(settings, specClass, "none", environment, ct);
        var red = Red(run);
        var isGreen = red.Count == 0 && run.ExitCode == 0 && run.Results.Count > 0;
        Say($"{(isGreen ? "ok" : "FALSE ALARM"),-11} {"no defect",-20} {specClass}: {(isGreen ? $"{run.Results.Count} specs green" : $"red: {string.Join(", ", red)}")}{Took(clock)}");
        return isGreen ? 0 : 1;
    }

    private static async Task<int> PlantAsync(LabSettings settings, Plant plant, Dictionary<string, string> environment, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var run = await SpecRun.OfAsync(settings, plant.SpecClass, plant.Id, environment, ct);
        var red = Red(run);
        var missed = plant.MustBeRed.Where(s => run.Results.GetValueOrDefault(s) is not { } result || !result.Says(plant.MustSay)).ToList();
        var surprising = red.Except(plant.MustBeRed).Except(plant.MayBeRed).ToList();
        var isCaught = missed.Count == 0 && surprising.Count == 0 && run.ExitCode != 0;
        var detail = missed.Count > 0 ? $"not red with \"{plant.MustSay.Trim()}\": {string.Join(", ", missed)}{First(run, missed)}"
            : surprising.Count > 0 ? $"red without cause: {string.Join(", ", surprising)}"
            : $"red: {string.Join(", ", plant.MustBeRed)}";
        Say($"{(isCaught ? "caught" : "MISSED"),-11} {plant.Id,-20} {plant.Defect}; {detail}{Took(clock)}");
        return isCaught ? 0 : 1;
    }

    private static List<string> Red(SpecRun run) => [.. run.Results.Where(r => r.Value.IsRed).Select(r => r.Key)];

    private static string First(SpecRun run, List<string> specs) =>
        run.Results.GetValueOrDefault(specs[0]) is { IsRed: true } result ? $" (it is red because: {result.Message.Split('\n')[0]})" : "";

    private static string Took(Stopwatch clock) => string.Create(CultureInfo.InvariantCulture, $" ({clock.Elapsed.TotalSeconds:0} s)");

    private static void Say(string line) => Console.WriteLine(line);
}
