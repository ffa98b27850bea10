using System.CommandLine;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Slos;

namespace SreLab.Cli;

/// <summary><c>srelab judge RUN</c>: judges a stored run again with today's checkers and objectives; nothing is changed.</summary>
internal static class JudgeCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("run") { Description = "Folder of the run, for example runs/latest" };
        var command = new Command("judge", "Judge a stored run again with today's checkers") { folder };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetValue(folder)!)));
        return command;
    }

    private static int Run(string folder)
    {
        var settings = SettingsLoader.Load();
        var evidence = new RunEvidence(new RunStore(folder));
        var objectives = Objectives.Load(Path.Combine(settings.RepositoryRoot, "slos.json"), evidence.Run?.Target);
        var verdicts = Promises.Judge(evidence, objectives);
        foreach (var verdict in verdicts)
        {
            Console.WriteLine($"{verdict.Verdict.Word,-8} {verdict.Id,-26} {verdict.Verdict.Summary}");
        }

        var slow = verdicts.Count(v => v.Verdict.Kind == VerdictKind.Slow);
        var broken = verdicts.Count(v => v.Verdict.Kind == VerdictKind.Broken);
        var unknown = verdicts.Count(v => v.Verdict.Kind == VerdictKind.Unknown);
        Console.WriteLine($"{verdicts.Count - broken - unknown - slow} hold, {broken} broken, {unknown} unknown, {slow} slow");
        return broken + unknown == 0 ? 0 : 1;
    }
}
