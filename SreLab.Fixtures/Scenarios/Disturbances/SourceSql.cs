using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Questions of probes to servers, over connections that stay open: twenty questions a second cost next to nothing.</summary>
internal static class SourceSql
{
    /// <summary>Asks one question as superuser and returns the first value.</summary>
    /// <exception cref="NpgsqlException">The server does not answer; the next question goes over a new connection.</exception>
    public static async Task<object?> AskAsync(ILab lab, Place place, string question, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(place, DatabaseUser.Admin))
        {
            // The lab's own text says no pool; without one, each question would cost a login and the processors that chains are timed on.
            Pooling = true,

            // Idle ones go away by themselves: they would count as connections of clients.
            ConnectionIdleLifetime = 2,
            ConnectionPruningInterval = 1,
            NoResetOnClose = true,
            Timeout = 1,
            CommandTimeout = 1,
            ApplicationName = "srelab-probe",
        };
        await using var connection = ProvenConnections.Create(settings.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Whether a question is answered with true.</summary>
    public static async Task<bool> IsTrueAsync(ILab lab, Place place, string question, CancellationToken ct) =>
        await AskAsync(lab, place, question, ct) is true;

    /// <summary>Whether a member answers with true; false as long as none is chosen.</summary>
    public static async Task<bool> IsTrueAsync(ILab lab, Member member, string question, CancellationToken ct) =>
        member != Member.None && await IsTrueAsync(lab, Place.On(member), question, ct);

    /// <summary>Members that accept writes; one that does not answer is none of them.</summary>
    public static async Task<int> PrimariesAsync(ILab lab, CancellationToken ct)
    {
        var answers = await Task.WhenAll(lab.Members.Select(async member =>
        {
            try
            {
                return await IsTrueAsync(lab, member, "select not pg_is_in_recovery()", ct);
            }
            catch (Exception e) when (IsNoAnswer(e, ct))
            {
                return false;
            }
        }));
        return answers.Count(isPrimary => isPrimary);
    }

    /// <summary>Whether an exception means that the server did not answer.</summary>
    public static bool IsNoAnswer(Exception e, CancellationToken ct) =>
        e is NpgsqlException or TimeoutException || (e is OperationCanceledException && !ct.IsCancellationRequested);
}
