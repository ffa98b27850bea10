using System.CommandLine;
using Spectre.Console;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Cli;

/// <summary>Do the dashboards show anything: every panel's query, run on the lab that is up.</summary>
internal static class DashboardsCommand
{
    private const int NothingUp = 3;

    public static Command Create()
    {
        var command = new Command("dashboards", "Run every panel's query on the lab that is up; exit code 1 when one returns nothing, 3 when no lab is up.");
        command.SetAction(async (_, ct) =>
        {
            var settings = SettingsLoader.Load();
            if (await new LocalTarget(settings).AttachAsync(ct) is not { } lab)
            {
                await Console.Error.WriteLineAsync($"no lab is up on {settings.Network}; bring one up with: make up");
                return NothingUp;
            }

            var panels = await PanelCheck.RunAsync(lab.Monitoring, new ObservabilityFiles(settings.RepositoryRoot), ct);
            var table = new Table().Border(TableBorder.Simple).AddColumns("dashboard", "queries", "with data");
            foreach (var dashboard in panels.Panels.GroupBy(p => p.Dashboard))
            {
                table.AddRow(dashboard.Key, $"{dashboard.Count()}", $"{dashboard.Count(p => p.Series > 0)}");
            }

            Terminal.Write(table);
            var verdict = PanelsAnswer.Check(panels);
            foreach (var line in verdict.Details.Prepend(verdict.Summary))
            {
                await Console.Out.WriteLineAsync(line);
            }

            return verdict.Kind == VerdictKind.Holds ? 0 : 1;
        });
        return command;
    }
}
