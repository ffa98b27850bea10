using Npgsql;
using SreLab.Fixtures.Kubernetes.Forwards;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>A session of the lab's own on a member, by which it is known to take sessions.</summary>
internal sealed class MemberLogin : IMemberSession
{
    private readonly NpgsqlConnection _connection;

    private MemberLogin(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Logs in as the superuser, for whom connections are reserved: a member whose connections are all taken is not dead.</summary>
    /// <param name="logins">How.</param>
    /// <param name="host">The forward's address.</param>
    public static LoginToMember With(DatabaseLogins logins, string host) => async (port, ct) =>
    {
        var connection = ProvenConnections.Create(new NpgsqlConnectionStringBuilder(logins.Npgsql(host, port, DatabaseUser.Admin)) { ApplicationName = "srelab-watch" }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return new MemberLogin(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    };

    /// <inheritdoc />
    public async Task EndedAsync(CancellationToken ct)
    {
        while (true)
        {
            await _connection.WaitAsync(ct);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
