using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Everything that the settings say about where someone else's database is.</summary>
/// <param name="ReadWrite">Where clients write.</param>
/// <param name="ReadOnly">Where clients only read.</param>
/// <param name="Members">Every server, in the order in which they were named.</param>
/// <param name="Prometheus">Null for none.</param>
/// <param name="Alertmanager">Null for none.</param>
internal sealed record ExternalPlaces(DatabaseUrl ReadWrite, DatabaseUrl ReadOnly, IReadOnlyList<Member> Members, Uri? Prometheus, Uri? Alertmanager)
{
    /// <summary>One member directly.</summary>
    public DatabaseUrl On(Member member) => ReadWrite.At([new HostPort(member.Host, member.Port)], DatabaseUrl.AnySession);

    /// <summary>The database that a place leads to.</summary>
    public DatabaseUrl Of(Place place) => place switch
    {
        { Member: { } member } => On(member),
        { Name: var name } when name == Place.ReadOnly.Name => ReadOnly,
        _ => ReadWrite,
    };

    /// <summary>From now on every connection to one of these places proves that it is this cluster.</summary>
    public void Know(ClusterIdentity identity)
    {
        foreach (var url in (DatabaseUrl[])[ReadWrite, ReadOnly, .. Members.Select(On)])
        {
            ProvenConnections.Know(url.ForNpgsql(), identity);
        }
    }

    /// <summary>Reads the settings.</summary>
    /// <returns>The places; null when there is a problem, and each problem with the setting that it is in.</returns>
    public static (ExternalPlaces? Places, IReadOnlyList<(string Setting, string Text)> Problems) Read(ExternalSettings settings)
    {
        var problems = new List<(string, string)>();
        var (url, problem) = settings.Database.Length == 0 ? (null, $"is not set; write {DatabaseUrlText.Shape}") : DatabaseUrlText.Read(settings.Database);
        if (url is null)
        {
            problems.Add((SettingNames.DatabaseUrl, problem));
        }

        url = url is null ? null : url with
        {
            Password = url.Password ?? settings.Login.GetValueOrDefault(SuiteEnvironment.Password),
            PasswordFile = settings.Login.GetValueOrDefault(SuiteEnvironment.PasswordFile),
        };
        var members = ReadMembers(settings.Members, url, problems);
        var readOnly = ReadEndpoint(SettingNames.ReadOnly, settings.ReadOnly, problems);
        var prometheus = ReadAddress(SettingNames.Prometheus, settings.Prometheus, problems);
        var alertmanager = ReadAddress(SettingNames.Alertmanager, settings.Alertmanager, problems);
        if (url is null || problems.Count > 0)
        {
            return (null, problems);
        }

        var reading = readOnly is null
            ? url.At([.. members.Select(m => new HostPort(m.Host, m.Port))], DatabaseUrl.Standby)
            : url.At([readOnly], DatabaseUrl.AnySession);
        return (new ExternalPlaces(url, reading, members, prometheus, alertmanager), problems);
    }

    /// <summary>The settings as evidence keeps them: no password, and no command, which may hold one.</summary>
    public static IReadOnlyDictionary<string, string> Describe(ExternalSettings settings) => new Dictionary<string, string>
    {
        ["external.database"] = Read(settings).Places?.ReadWrite.ToString() ?? "unreadable",
        ["external.members"] = string.Join(", ", settings.Members),
        ["external.readOnly"] = settings.ReadOnly,
        ["external.faults.killPrimary"] = settings.Faults.KillPrimary.Length > 0 ? "set" : "",
        ["external.faults.startMember"] = settings.Faults.StartMember.Length > 0 ? "set" : "",
        ["external.drop"] = settings.Drop ? "yes" : "no",
    };

    private static List<Member> ReadMembers(IReadOnlyList<string> texts, DatabaseUrl? url, List<(string, string)> problems)
    {
        if (texts.Count == 0)
        {
            return [.. (url?.Hosts ?? []).Select(h => new Member(h.ToString(), h.Host, h.Port))];
        }

        var members = new List<Member>();
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (parts[^1].Length == 0)
            {
                problems.Add((SettingNames.Members, $"names {parts[0]} without an address; write name=host:port"));
            }
            else if (ReadEndpoint(SettingNames.Members, parts[^1], problems) is { } at)
            {
                members.Add(new Member(parts.Length == 2 ? parts[0] : at.ToString(), at.Host, at.Port));
            }
        }

        // Names are those of files in the evidence.
        problems.AddRange(members.Where(m => m.Name.Length == 0 || m.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or ':')))
            .Select(m => (SettingNames.Members, $"has the name '{m.Name}'; use letters, digits and - . _ in name=host:port")));
        problems.AddRange(members.GroupBy(m => m.Name).Where(g => g.Count() > 1).Select(g => (SettingNames.Members, $"names {g.Key} twice")));
        problems.AddRange(members.GroupBy(m => (m.Host, m.Port)).Where(g => g.Count() > 1)
            .Select(g => (SettingNames.Members, $"has one address for {string.Join(" and ", g.Select(m => m.Name))}")));
        return members;
    }

    private static HostPort? ReadEndpoint(string setting, string text, List<(string, string)> problems)
    {
        try
        {
            return text.Length == 0 ? null : DatabaseUrlText.ReadHost(text);
        }
        catch (FormatException e)
        {
            problems.Add((setting, $"{e.Message}; write host:port"));
            return null;
        }
    }

    private static Uri? ReadAddress(string setting, string text, List<(string, string)> problems)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address!.UserInfo.Length == 0)
        {
            return address;
        }

        problems.Add((setting, "is no address that begins with http:// or https://, without a login"));
        return null;
    }
}
