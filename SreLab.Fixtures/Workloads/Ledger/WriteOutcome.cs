using Npgsql;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>What an error says about a write that was sent.</summary>
internal static class WriteOutcome
{
    /// <summary>SQLSTATE with which a server proves that the statement changed nothing. Anything else leaves it open.</summary>
    /// <remarks>
    /// 57P01 (shutting down) is left out: it can follow a commit that was waiting for its standby. So are all broken connections and time-outs.
    /// </remarks>
    private static readonly HashSet<string> ProvesRefusal = new(StringComparer.Ordinal)
    {
        PostgresErrorCodes.ReadOnlySqlTransaction,
        PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.TooManyConnections,
        PostgresErrorCodes.UndefinedTable,
        PostgresErrorCodes.InsufficientPrivilege,
        PostgresErrorCodes.UniqueViolation,
    };

    public static Outcome AfterSending(Exception error) =>
        error is PostgresException { SqlState: var state } && ProvesRefusal.Contains(state) ? Outcome.Refused : Outcome.Indeterminate;

    /// <summary>SQLSTATE where there is one, else the type of the innermost exception: short, and free of secrets.</summary>
    public static string Name(Exception error)
    {
        if (error is PostgresException { SqlState: var state })
        {
            return state;
        }

        var innermost = error.GetBaseException();
        return innermost is System.Net.Sockets.SocketException socket ? $"{nameof(System.Net.Sockets.SocketException)}.{socket.SocketErrorCode}" : innermost.GetType().Name;
    }
}
