using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Asks every member for the settings that safety rests on.</summary>
internal static class SafetySettings
{
    private static readonly string[] Names =
        ["data_checksums", "fsync", "full_page_writes", "synchronous_commit", "password_encryption", "ssl", "synchronous_standby_names"];

    /// <summary>Settings by name, by member; a member that does not answer is left out.</summary>
    internal static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> ReadAsync(ILab lab, CancellationToken ct)
    {
        var byMember = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var member in lab.Members)
        {
            try
            {
                await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.On(member), DatabaseUser.Admin));
                await connection.OpenAsync(ct);
                await using var command = new NpgsqlCommand("select name, current_setting(name) from pg_settings where name = any($1)", connection);
                command.Parameters.AddWithValue(Names);
                await using var reader = await command.ExecuteReaderAsync(ct);
                var settings = new Dictionary<string, string>(StringComparer.Ordinal);
                while (await reader.ReadAsync(ct))
                {
                    settings[reader.GetString(0)] = reader.GetString(1);
                }

                byMember[member.Name] = settings;
            }
            catch (NpgsqlException)
            {
                // The promise on three members says so; here only what could be read counts.
            }
        }

        return byMember;
    }
}
