using Npgsql;
using Polly.Timeout;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Tells a database that is away for a moment from a statement that is wrong.</summary>
public static class DatabaseFailure
{
    private static readonly string[] PassingClasses = ["08", "28", "53", "57"];

    /// <summary>Whether the same statement may succeed a little later: the server is away, is being replaced, or has no room.</summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsUnavailable(Exception error) => error switch
    {
        PostgresException e => IsPassing(e.SqlState),
        NpgsqlException or TimeoutException or TimeoutRejectedException => true,
        DatabaseNotPreparedException => true,
        _ => false,
    };

    // Connection exceptions, a login that is refused (a role is locked, or its password is being changed), insufficient resources, operator
    // intervention; a member that is a standby by now; a statement that was cancelled by its time-out; transactions that the server asks to repeat.
    private static bool IsPassing(string state) =>
        Array.Exists(PassingClasses, c => state.StartsWith(c, StringComparison.Ordinal))
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
