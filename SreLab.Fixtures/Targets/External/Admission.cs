using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Everything that must hold before someone else's database is touched. It only reads.</summary>
internal sealed class Admission(ExternalPlaces places, HttpClient http)
{
    // client_connection_check_interval, by which a seed whose client died ends, came with 14.
    private const int LeastVersion = 140_000;

    /// <summary>The number of the cluster behind the read-write endpoint; null where its provider keeps it to himself.</summary>
    public string? SystemIdentifier { get; private set; }

    /// <summary>The schemas as they were found; null until the read-write endpoint answered.</summary>
    public OwnSchemas? Schemas { get; private set; }

    /// <summary>Checks all of it, so that every problem is told at once.</summary>
    public async Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct)
    {
        var requirements = new List<Requirement>
        {
            InstalledPrograms.Find("pgbench") is { } pgbench
                ? Met("pgbench", pgbench)
                : new Requirement("pgbench", false, "not found (Debian package postgresql-contrib)", "install with: scripts/install-deps"),
        };
        var cluster = new Dictionary<string, string>(StringComparer.Ordinal);
        requirements.Add(await AskAsync("read-write endpoint", places.ReadWrite, SettingNames.DatabaseUrl, JudgePrimaryAsync, cluster, ct));
        if (!requirements.All(r => r.IsMet))
        {
            // The members have the same login: what is wrong with it would be told once for each.
            return requirements;
        }

        var answers = new List<(Member, ServerAnswer?)>();
        foreach (var member in places.Members)
        {
            ServerAnswer? answer = null;
            requirements.Add(await AskAsync(
                $"member {member.Name}",
                places.On(member),
                SettingNames.Members,
                async (connection, token) =>
                {
                    answer = await ServerAnswer.AskAsync(connection, token);
                    return null;
                },
                cluster,
                ct));
            answers.Add((member, answer));
        }

        if (places.ReadOnly.Hosts.Count == 1 && places.Members.Count > 1)
        {
            requirements.Add(await AskAsync("read-only endpoint", places.ReadOnly, SettingNames.ReadOnly, (_, _) => Task.FromResult<(string, string)?>(null), cluster, ct));
        }

        if (requirements.All(r => r.IsMet))
        {
            requirements.Add(JudgeCluster(ServerViews.Combine(answers), cluster));
        }

        requirements.AddRange(await AskMonitoringAsync(ct));
        return requirements;
    }

    /// <summary>One primary, and every other member streams; all of them are the same cluster.</summary>
    internal static Requirement JudgeCluster(ClusterState state, IReadOnlyDictionary<string, string> clusters)
    {
        if (clusters.Values.Distinct().Count() > 1)
        {
            return new Requirement(
                "cluster", false, $"not one cluster: {string.Join(", ", clusters.Select(c => $"{c.Key} has system identifier {c.Value}"))}", $"name servers of one cluster in {SettingNames.Members}");
        }

        return state.Primary is not null && state.StreamingStandbys.Count == state.Members.Count - 1
            ? Met("cluster", state.Describe())
            : new Requirement("cluster", false, $"not whole: {state.Describe()}", $"mend it, or name other servers in {SettingNames.Members}");
    }

    private async Task<(string Found, string Fix)?> JudgePrimaryAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var command = new NpgsqlCommand(
            """
            select pg_is_in_recovery(), current_setting('server_version_num')::int, current_setting('transaction_read_only') = 'on',
                pg_has_role(current_user, 'pg_read_all_stats', 'usage'), quote_ident(current_user), current_setting('server_version')
            """,
            connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            var user = reader.GetString(4);
            if (reader.GetBoolean(0))
            {
                return ("leads to a standby", $"name the primary, or all hosts with target_session_attrs=primary, in {SettingNames.DatabaseUrl}");
            }

            if (reader.GetInt32(1) < LeastVersion)
            {
                return ($"is PostgreSQL {reader.GetString(5)}; 14 is the least", "use a newer server");
            }

            if (reader.GetBoolean(2))
            {
                return ($"gives {user} read-only sessions (default_transaction_read_only)", $"use another role, or: ALTER ROLE {user} SET default_transaction_read_only = off");
            }

            if (!reader.GetBoolean(3))
            {
                return ($"does not let {user} see the state of replication", $"as a superuser: GRANT pg_monitor TO {user}");
            }
        }

        SystemIdentifier = await SystemIdentifierAsync(connection, ct);
        Schemas = await OwnSchemas.ReadAsync(connection, ct);
        return Schemas.Problem();
    }

    private static async Task<Requirement> AskAsync(
        string name,
        DatabaseUrl url,
        string setting,
        Func<NpgsqlConnection, CancellationToken, Task<(string Found, string Fix)?>> judge,
        Dictionary<string, string> clusters,
        CancellationToken ct)
    {
        try
        {
            await using var connection = ProvenConnections.CreateUnproven(url.ForNpgsql());
            await connection.OpenAsync(ct);
            if (await judge(connection, ct) is { } problem)
            {
                return new Requirement(name, false, problem.Found, problem.Fix);
            }

            if (await SystemIdentifierAsync(connection, ct) is { } identifier)
            {
                clusters[name] = identifier;
            }

            return Met(name, url.ToString());
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException or IOException)
        {
            var (found, fix) = Refusals.Explain(e, url, setting);
            return new Requirement(name, false, found, fix);
        }
    }

    /// <summary>The number of the cluster; null where it may not be asked.</summary>
    public static async Task<string?> SystemIdentifierAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("select system_identifier::text from pg_control_system()", connection);
            return (string?)await command.ExecuteScalarAsync(ct);
        }
        catch (PostgresException)
        {
            // Some providers keep it to themselves; replication by name says enough then.
            return null;
        }
    }

    private async Task<IReadOnlyList<Requirement>> AskMonitoringAsync(CancellationToken ct)
    {
        var requirements = new List<Requirement>();
        foreach (var (name, address, path, setting) in new[]
        {
            ("Prometheus", places.Prometheus, "api/v1/query?query=1", SettingNames.Prometheus), ("Alertmanager", places.Alertmanager, "api/v2/status", SettingNames.Alertmanager),
        })
        {
            if (address is null)
            {
                continue;
            }

            try
            {
                using var answer = await http.GetAsync(new Uri(address, path), ct);
                requirements.Add(answer.IsSuccessStatusCode
                    ? Met(name, address.Authority)
                    : new Requirement(name, false, $"{address.Authority} answers {(int)answer.StatusCode}", $"check {setting}"));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                requirements.Add(new Requirement(name, false, $"{address.Authority} does not answer: {e.Message}", $"check {setting}, or leave it out"));
            }
        }

        return requirements;
    }

    private static Requirement Met(string name, string found) => new(name, true, found, "");
}
