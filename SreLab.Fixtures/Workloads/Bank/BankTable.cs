using System.Globalization;
using Npgsql;

namespace SreLab.Fixtures.Workloads.Bank;

/// <summary>The bank's table, and its statements.</summary>
public static class BankTable
{
    /// <summary>Schema-qualified name.</summary>
    public const string Name = "srelab.bank";

    private const string Look =
        """
        select count(*), coalesce(sum(balance), 0)::bigint,
               case when pg_is_in_recovery() then 0
                    else ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end
        from srelab.bank
        """;

    internal static string Create(BankOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        create table {Name} (account int primary key, balance bigint not null);
        insert into {Name} select account, {options.OpeningBalance} from generate_series(1, {options.Accounts}) account
        """);

    /// <summary>Reads everything in one statement, so that it is one snapshot.</summary>
    internal static async Task<(long Accounts, long Total, int Timeline)> LookAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Look, connection);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2));
    }

    /// <summary>Moves an amount in one transaction, a statement at a time: whoever dies between the two must not have moved half.</summary>
    /// <remarks>The lower account first, whichever pays: two transfers that want each other's accounts must not wait for each other.</remarks>
    internal static async Task<bool> TransferAsync(NpgsqlConnection connection, int from, int to, long amount)
    {
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None).ConfigureAwait(false);
        var (first, second, change) = from < to ? (from, to, -amount) : (to, from, amount);
        await ChangeAsync(connection, first, change).ConfigureAwait(false);
        await ChangeAsync(connection, second, -change).ConfigureAwait(false);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    private static async Task ChangeAsync(NpgsqlConnection connection, int account, long change)
    {
        await using var command = new NpgsqlCommand("update srelab.bank set balance = balance + $1 where account = $2", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = change }, new NpgsqlParameter<int> { TypedValue = account } },
        };
        if (await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false) != 1)
        {
            throw new NpgsqlException(string.Create(CultureInfo.InvariantCulture, $"account {account} is not there"));
        }
    }
}
