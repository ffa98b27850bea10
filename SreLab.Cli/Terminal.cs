using Spectre.Console;
using Spectre.Console.Rendering;

namespace SreLab.Cli;

/// <summary>Tables for people; a pipe gets them at full width instead of folded to 80 columns.</summary>
internal static class Terminal
{
    private const int PipeWidth = 160;

    public static void Write(IRenderable content)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = PipeWidth;
        }

        AnsiConsole.Write(content);
    }
}
