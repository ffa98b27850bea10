using System.CommandLine;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;

namespace SreLab.Cli;

/// <summary><c>srelab rules</c>: writes the burn-rate rules that <c>slos.json</c> asks for, or checks that they are written.</summary>
internal static class RulesCommand
{
    internal static Command Create()
    {
        var check = new Option<bool>("--check") { Description = "Write nothing; fail when a file is not what slos.json asks for" };
        var command = new Command("rules", "Write the burn-rate rules of observability/rules/slo from slos.json") { check };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(check))));
        return command;
    }

    private static int Run(bool isCheck)
    {
        var settings = SettingsLoader.Load();
        var objectives = Objectives.Load(Path.Combine(settings.RepositoryRoot, "slos.json"));
        var files = new ObservabilityFiles(settings.RepositoryRoot);
        (string Path, string Text)[] wanted = [(files.RunSloRules, BurnRateRules.Run(objectives)), (files.MonthSloRules, BurnRateRules.Month(objectives))];
        var stale = wanted.Where(w => !File.Exists(w.Path) || File.ReadAllText(w.Path) != w.Text).ToList();
        foreach (var (path, text) in stale)
        {
            var relative = Path.GetRelativePath(settings.RepositoryRoot, path);
            Console.WriteLine(isCheck ? $"differs  {relative}; write it with: make rules" : $"written  {relative}");
            if (!isCheck)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }
        }

        if (stale.Count == 0)
        {
            Console.WriteLine("observability/rules/slo is what slos.json asks for");
        }

        return isCheck && stale.Count > 0 ? 1 : 0;
    }
}
