using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>The program that runs .NET assemblies.</summary>
internal static class DotnetHost
{
    private const UnixFileMode AnyoneMayEnter = UnixFileMode.OtherExecute;

    /// <summary>Its path, followed to where it really is: beside it lie the frameworks.</summary>
    /// <param name="user">Who must be able to run it.</param>
    /// <exception cref="LabException">It is missing, or lies in a folder that this user cannot enter.</exception>
    public static string Require(RunAsUser user)
    {
        var found = Environment.ProcessPath is { } self && Path.GetFileName(self) == "dotnet" ? self : InstalledPrograms.Find("dotnet");
        var path = found is null ? null : File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found;
        if (path is null)
        {
            throw new LabException("workloads refused: dotnet not found in PATH, and the sample workloads run on it; nothing was touched.");
        }

        if (user.IsOther && ClosedFolder(path) is { } closed)
        {
            throw new LabException(
                $"workloads refused: user {user.Name} cannot run {path}: {closed} is closed to others; nothing was touched.\n" +
                "  fix          install .NET where every user can run it, for example below /usr/share/dotnet");
        }

        return path;
    }

    private static string? ClosedFolder(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & AnyoneMayEnter) == 0)
            {
                return folder;
            }
        }

        return null;
    }
}
