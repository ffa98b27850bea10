using System.Security.Cryptography;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>The passwords of one lab: made for it, never shown, gone with it.</summary>
internal sealed class LabSecrets
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private readonly Dictionary<string, string> _passwords;

    private LabSecrets(Dictionary<string, string> passwords) => _passwords = passwords;

    /// <summary>The password of this user.</summary>
    public string this[string user] => _passwords[user];

    /// <summary>Every password, to take them out of what is kept.</summary>
    public IReadOnlyCollection<string> Values => _passwords.Values;

    /// <summary>A password that nobody can guess.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Alphabet, 32);

    /// <summary>Makes and stores a password for everyone.</summary>
    public static LabSecrets Create(LabHome home, RunAsUser owner)
    {
        owner.MakeFolder(home.Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var passwords = Names.WithPassword.ToDictionary(user => user, _ => NewPassword());
        foreach (var (user, password) in passwords)
        {
            owner.WriteSecretFile(home.Secret(user), password);
        }

        return new LabSecrets(passwords);
    }

    /// <summary>Reads the passwords of a lab that is there.</summary>
    /// <exception cref="LabException">They may not be read by this user.</exception>
    public static LabSecrets Read(LabHome home)
    {
        try
        {
            return new LabSecrets(Names.WithPassword.ToDictionary(user => user, user => File.ReadAllText(home.Secret(user))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException(
                $"the lab in {home.Root} cannot be used: its passwords cannot be read ({e.Message}).\n" +
                "  fix          run as the user who made the lab, or end it and make it anew: make down && make up",
                e);
        }
    }
}
