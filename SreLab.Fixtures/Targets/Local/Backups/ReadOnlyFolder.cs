using System.Globalization;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>A folder that its own user may not write to for a while; root, whom no mode stops, runs none of the lab's programs.</summary>
/// <param name="path">The folder.</param>
/// <param name="note">A file that is there for as long, with the mode that the folder had.</param>
internal sealed class ReadOnlyFolder(string path, string note)
{
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Takes the right away; a second time changes nothing.</summary>
    /// <exception cref="LabException">There is no such folder.</exception>
    public void Close()
    {
        if (!Directory.Exists(path))
        {
            throw new LabException($"fault refused: there is no {path}; nothing was touched.");
        }

        if (File.Exists(note))
        {
            return;
        }

        // Whole or not at all, and before the change: a run that is killed in between leaves nothing that cannot be put back.
        var mode = File.GetUnixFileMode(path);
        File.WriteAllText(note + ".new", ((int)mode).ToString(CultureInfo.InvariantCulture));
        File.Move(note + ".new", note, overwrite: true);
        File.SetUnixFileMode(path, mode & ~Write);
    }

    /// <summary>Gives the right back.</summary>
    /// <returns>Whether it had been taken away.</returns>
    public bool Open()
    {
        if (!File.Exists(note))
        {
            return false;
        }

        File.SetUnixFileMode(path, (UnixFileMode)int.Parse(File.ReadAllText(note), CultureInfo.InvariantCulture));
        File.Delete(note);
        return true;
    }
}
