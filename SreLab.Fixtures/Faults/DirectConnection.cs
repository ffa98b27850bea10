using System.Net.Sockets;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>What a client sees that goes to one member itself.</summary>
internal static class DirectConnection
{
    /// <summary>Whether nobody listens there.</summary>
    public static async Task<bool> IsRefusedAsync(string host, int port, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, ct).ConfigureAwait(false);
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Asks one question over a connection of its own.</summary>
    /// <returns>The answer; null when none came within the patience.</returns>
    public static async Task<object?> AskAsync(ILab lab, Member member, DatabaseUser user, string question, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.On(member), user)) { Timeout = 1, CommandTimeout = 0, CancellationTimeout = -1 };
            await using var source = ProvenConnections.CreateSource(builder.ConnectionString);
            await using var command = source.CreateCommand(question);
            return await command.ExecuteScalarAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or IOException or TimeoutException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Runs a statement as superuser over a connection of its own.</summary>
    public static async Task CommandAsync(ILab lab, Member member, string statement, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(lab.ConnectionString(Place.On(member), DatabaseUser.Admin));
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
