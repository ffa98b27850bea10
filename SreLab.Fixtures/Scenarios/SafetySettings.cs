using Npgsql;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Asks every member for the settings that safety rests on: as its superuser, as the clients connect, and of every role that may connect.</summary>
/// <param name="OfServers">Settings by name, by member; a member that does not answer is left out.</param>
/// <param name="OfClients">What sessions of clients show, and what roles and databases have of their own.</param>
internal sealed record SafetySettings(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> OfServers, IReadOnlyList<ClientSettingRecord> OfClients)
{
    private const string OfSession = "select name, current_setting(name) from pg_settings where name = any($1)";

    // As guc.c applies them: the more particular beats the more general, and a role in a database is the most particular.
    private const string OfRoles =
        """
        with own as (
          select d.setdatabase, d.setrole, lower(split_part(c, '=', 1)) as name, substr(c, strpos(c, '=') + 1) as value
          from pg_db_role_setting d, unnest(d.setconfig) c
          where d.setdatabase in (0, (select oid from pg_database where datname = current_database())))
        select r.rolname, n.name, o.value,
          case when o.setrole = 0 and o.setdatabase = 0 then 'every role' when o.setrole = 0 then 'every role in this database'
            when o.setdatabase = 0 then 'the role' else 'the role in this database' end
        from pg_roles r
        cross join unnest($1) n (name)
        cross join lateral (
          select * from own where own.name = n.name and own.setrole in (0, r.oid) order by own.setrole = 0, own.setdatabase = 0 limit 1) o
        where r.rolcanlogin and has_database_privilege(r.oid, current_database(), 'connect')
        order by 1, 2
        """;

    /// <summary>Asks them all.</summary>
    internal static async Task<SafetySettings> ReadAsync(ILab lab, CancellationToken ct)
    {
        var servers = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        List<ClientSettingRecord> clients = [];
        foreach (var member in lab.Members)
        {
            try
            {
                servers[member.Name] = (await AskAsync(lab, member, DatabaseUser.Admin, OfSession, SafeSettings.ServerNames, ct))
                    .ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
                clients.AddRange((await AskAsync(lab, member, DatabaseUser.App, OfSession, SafeSettings.ClientNames, ct))
                    .Select(row => new ClientSettingRecord(member.Name, SafeSettings.OwnerSession, row[0], row[1])));
                clients.AddRange((await AskAsync(lab, member, DatabaseUser.Admin, OfRoles, SafeSettings.ClientNames, ct))
                    .Select(row => new ClientSettingRecord(member.Name, $"{row[0]}, set for {row[3]}", row[1], row[2])));
            }
            catch (NpgsqlException)
            {
                // The promise on three members says so; here only what could be read counts.
            }
        }

        return new SafetySettings(servers, clients);
    }

    private static async Task<List<string[]>> AskAsync(ILab lab, Member member, DatabaseUser user, string question, IReadOnlyList<string> names, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.On(member), user));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(question, connection);
        command.Parameters.AddWithValue(names.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string[]> rows = [];
        while (await reader.ReadAsync(ct))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
