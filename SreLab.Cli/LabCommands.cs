using System.CommandLine;
using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Cli;

/// <summary>The embedded lab up and down without the specs, for people who only want the platform.</summary>
internal static class LabCommands
{
    public static Command CreateUp()
    {
        var command = new Command("up", "Bring the embedded lab up, attach to it, or repair it.");
        command.SetAction(async (_, ct) =>
        {
            var up = await new LocalTarget(SettingsLoader.Load()).UpAsync(new ErrorStreamProgress(), ct);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(up.WasUp ? "was up and whole" : up.Repairs.Count > 0 ? "repaired" : "up")}, {up.Elapsed.TotalSeconds:0.0} s"));
            return 0;
        });
        return command;
    }

    public static Command CreateDown()
    {
        var command = new Command("down", "End the embedded lab and remove its folder.");
        command.SetAction(async (_, ct) =>
        {
            var down = await new LocalTarget(SettingsLoader.Load()).DownAsync(new ErrorStreamProgress(), ct);
            await Console.Error.WriteLineAsync(down.WasUp ? "down" : "nothing was up");
            return 0;
        });
        return command;
    }
}
