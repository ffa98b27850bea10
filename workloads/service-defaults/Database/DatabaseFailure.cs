using Npgsql;
using Polly.Timeout;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Tells a database that is away for a moment from a statement that is wrong.</summary>
public static class DatabaseFailure
{
    /// <summary>Whether the same statement may succeed a little later: the server is away, is being replaced, or has no room.</summary>
    /// <param name="error">What was thrown.</param>
    public static bool IsUnavailable(Exception error) => error switch
    {
        PostgresException e => IsPassing(e.SqlState),
        NpgsqlException or TimeoutException or TimeoutRejectedException => true,
        DatabaseNotPreparedException => true,
        _ => false,
    };

    // Connection exceptions, insufficient resources, operator intervention; a member that is a standby by now;
    // a statement that was cancelled by its time-out; transactions that the server asks to repeat.
    private static bool IsPassing(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal)
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
