using System.CommandLine;
using Spectre.Console;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Cli;

/// <summary>Is this machine able, or this database: every requirement, found or missing, with the command that fixes it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var problems = new Option<bool>("--problems") { Description = "Say nothing unless the settings, the cluster or the database cannot be used." };
        var command = new Command("doctor", "Check every requirement of the target; exit code 1 when one is missing.") { problems };
        command.SetAction(async (parsed, ct) =>
        {
            var target = TargetChoice.Make(SettingsLoader.Load()).Target;
            if (parsed.GetValue(problems))
            {
                Requirements.Demand(await target.CheckAccessAsync(ct));
                return 0;
            }

            var requirements = await target.CheckAsync(ct);
            var table = new Table().Border(TableBorder.Simple).AddColumns("requirement", "", "found", "fix");
            foreach (var requirement in requirements)
            {
                table.AddRow(
                    Markup.Escape(requirement.Name),
                    requirement.IsMet ? "[green]ok[/]" : "[red]missing[/]",
                    Markup.Escape(requirement.Found),
                    Markup.Escape(requirement.Fix));
            }

            Terminal.Write(table);
            return requirements.All(r => r.IsMet) ? 0 : 1;
        });
        return command;
    }
}
