using System.CommandLine;
using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Cli;

/// <summary>The lab up and down without the specs, for people who only want the platform.</summary>
internal static class LabCommands
{
    public static Command CreateUp()
    {
        var command = new Command("up", "Bring the lab up, attach to it, or repair it.");
        command.SetAction(async (_, ct) =>
        {
            var up = await TargetChoice.Make(SettingsLoader.Load()).Target.UpAsync(new ErrorStreamProgress(), ct);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(up.WasUp ? "was up and whole" : up.Repairs.Count > 0 ? "repaired" : "up")}, {up.Elapsed.TotalSeconds:0.0} s"));
            return 0;
        });
        return command;
    }

    public static Command CreateDown()
    {
        var command = new Command("down", "End the lab and remove its folder; of an external database nothing, or the schemas that the suite made when asked to.");
        command.SetAction(async (_, ct) =>
        {
            var down = await TargetChoice.Make(SettingsLoader.Load()).Target.DownAsync(new ErrorStreamProgress(), ct);
            await Console.Error.WriteLineAsync(down switch
            {
                { WasUp: false } => "nothing was up",
                { RemainingPaths: { Count: > 0 } left } => $"left there: {string.Join(", ", left)}",
                _ => "down",
            });
            return 0;
        });
        return command;
    }
}
