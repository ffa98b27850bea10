using System.Globalization;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>As whom the lab's programs run: PostgreSQL refuses to run as root, so root hands them to an unprivileged user.</summary>
/// <param name="Name">User name.</param>
/// <param name="UserId">Its number.</param>
/// <param name="GroupId">Number of its group.</param>
/// <param name="IsOther">It is not who we are: files must be handed over, and the supervisor must change user.</param>
internal sealed record RunAsUser(string Name, uint UserId, uint GroupId, bool IsOther)
{
    /// <summary>The user that the PostgreSQL packages create.</summary>
    public const string Unprivileged = "postgres";

    /// <summary>The user for a lab of this process; null when root has nobody to hand over to.</summary>
    public static RunAsUser? Resolve() => Posix.IsRoot
        ? FromPasswd(File.ReadLines("/etc/passwd"), Unprivileged)
        : new RunAsUser(Environment.UserName, 0, 0, IsOther: false);

    /// <summary>Finds a user in the lines of <c>/etc/passwd</c>.</summary>
    public static RunAsUser? FromPasswd(IEnumerable<string> lines, string name) => lines
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length >= 4 && fields[0] == name)
        .Select(fields => new RunAsUser(
            name,
            uint.Parse(fields[2], CultureInfo.InvariantCulture),
            uint.Parse(fields[3], CultureInfo.InvariantCulture),
            IsOther: true))
        .FirstOrDefault();

    /// <summary>Creates a folder that this user owns.</summary>
    public void MakeFolder(string path, UnixFileMode mode)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, mode);
        Own(path);
    }

    /// <summary>Writes a file that only this user can read.</summary>
    public void WriteSecretFile(string path, string content) => Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Writes a file that everybody can read.</summary>
    public void WriteFile(string path, string content) =>
        Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    private void Write(string path, string content, UnixFileMode mode)
    {
        // Created with its final mode: there is no moment in which others can open it.
        using (var writer = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            writer.Write(content);
        }

        Own(path);
    }

    private void Own(string path)
    {
        if (IsOther)
        {
            Posix.ChangeOwner(path, UserId, GroupId);
        }
    }
}
