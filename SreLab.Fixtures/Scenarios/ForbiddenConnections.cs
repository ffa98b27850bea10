using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Tries what must be refused on every member: plain text over TCP, a wrong password.</summary>
internal static class ForbiddenConnections
{
    /// <summary>The refusal by attempt; <see cref="UpRecord.Accepted"/> where there was none. A member that is not there is left out: silence is no refusal.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> TryAsync(ILab lab, CancellationToken ct)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in lab.Members)
        {
            var good = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.On(member), DatabaseUser.App)) { Pooling = false };
            var plain = new NpgsqlConnectionStringBuilder(good.ConnectionString) { SslMode = SslMode.Disable };
            plain.Remove("Root Certificate");
            var wrong = new NpgsqlConnectionStringBuilder(good.ConnectionString) { Password = "not-the-password" };
            foreach (var (what, connectionString) in new[] { ("plain text", plain), ("wrong password", wrong) })
            {
                if (await AnswerAsync(connectionString.ConnectionString, ct) is { } answer)
                {
                    answers[$"{what} to {member.Name}"] = answer;
                }
            }
        }

        return answers;
    }

    private static async Task<string?> AnswerAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = ProvenConnections.Create(connectionString);
            await connection.OpenAsync(ct);
            return UpRecord.Accepted;
        }
        catch (PostgresException e)
        {
            return $"{e.SqlState} {e.MessageText}";
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
