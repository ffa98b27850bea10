using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>Every member runs with the settings that safety rests on, for every role that clients connect as.</summary>
/// <remarks>
/// Method: what the superuser's session shows says how the server runs; it does not say how clients' commits behave, because a role, a database or
/// a role in a database can have settings of its own. So a session of the schema's owner is asked on every member as well, and the catalogue of
/// every role that may connect. A setting of theirs counts by its value; a role that has none runs with what the sessions show.
/// </remarks>
public static class SafeSettings
{
    /// <summary>How a session of the schema's owner is called in the records.</summary>
    public const string OwnerSession = "a session as the clients'";

    private static readonly (string Name, string[] Safe)[] OfServers =
    [
        ("data_checksums", ["on"]), ("fsync", ["on"]), ("full_page_writes", ["on"]), ("synchronous_commit", ["on", "remote_apply"]),
        ("password_encryption", ["scram-sha-256"]), ("ssl", ["on"]),
    ];

    // What a role or a database can set for itself: commits that wait for nobody, foreign keys that are not checked, damage that is read over.
    private static readonly (string Name, string[] Safe)[] OfClients =
    [
        ("synchronous_commit", ["on", "remote_apply"]), ("session_replication_role", ["origin"]), ("zero_damaged_pages", ["off"]),
        ("ignore_checksum_failure", ["off"]),
    ];

    /// <summary>What has to be asked of servers.</summary>
    internal static IReadOnlyList<string> ServerNames { get; } = [.. OfServers.Select(s => s.Name), StandbyNames];

    /// <summary>What has to be asked of sessions, roles and databases.</summary>
    internal static IReadOnlyList<string> ClientNames { get; } = [.. OfClients.Select(s => s.Name)];

    private const string StandbyNames = "synchronous_standby_names";

    /// <summary>Judges what the members said.</summary>
    public static Verdict Check(UpRecord? up)
    {
        if (up is null || up.Settings.Count == 0)
        {
            return Verdict.Unknown(up is null ? "the lab was not brought up in this run" : "no member's settings were read");
        }

        var objective = string.Join(", ", OfServers.Select(n => $"{n.Name}={n.Safe[0]}")) + ", for every role";
        var measured = string.Create(CultureInfo.InvariantCulture, $"{up.Settings.Count} members, {up.ClientSettings.Select(s => s.Client).Distinct().Count()} kinds of clients");
        List<string> wrong = [.. up.Settings.SelectMany(member => OfServer(member.Key, member.Value)), .. OfPrimary(up), .. up.ClientSettings.Select(Wrong).OfType<string>()];
        if (wrong.Count > 0)
        {
            return Verdict.Broken($"unsafe settings: {string.Join("; ", wrong)}", objective, measured, wrong);
        }

        var notAsked = up.Members.Select(m => m.Name).Where(m => !up.Settings.ContainsKey(m) || !IsAsked(up, m)).ToList();
        return notAsked.Count > 0
            ? Verdict.Unknown($"settings unknown of {string.Join(" and ", notAsked)}: they could not be asked, or not as clients connect", objective, measured)
            : Verdict.Holds("every member runs with checksums, durable commits, scram and TLS, for every role that clients connect as", objective, measured);
    }

    private static IEnumerable<string> OfServer(string member, IReadOnlyDictionary<string, string> settings) =>
        OfServers.Where(n => !n.Safe.Contains(settings.GetValueOrDefault(n.Name)))
            .Select(n => $"{member}: {n.Name} is {settings.GetValueOrDefault(n.Name) ?? "not known"}, needed is {n.Safe[0]}");

    // On a standby the setting is what would hold after a promotion, and cluster managers write it only then.
    private static IEnumerable<string> OfPrimary(UpRecord up) =>
        up.Members.Count == 1 ? [] : up.Members.Where(m => m.Role == "primary" && up.Settings.TryGetValue(m.Name, out var own) && string.IsNullOrWhiteSpace(own.GetValueOrDefault(StandbyNames)))
            .Select(m => $"{m.Name}: {StandbyNames} is {(up.Settings[m.Name].ContainsKey(StandbyNames) ? "empty" : "not known")} on the primary, so that its commits wait for no standby");

    private static string? Wrong(ClientSettingRecord setting) =>
        OfClients.FirstOrDefault(n => n.Name == setting.Name) is { Name: not null } known && !known.Safe.Contains(setting.Value)
            ? $"{setting.Member}: {setting.Name} is {setting.Value} for {setting.Client}, needed is {known.Safe[0]}"
            : null;

    private static bool IsAsked(UpRecord up, string member) =>
        OfClients.All(n => up.ClientSettings.Any(s => s.Member == member && s.Client == OwnerSession && s.Name == n.Name));
}
