using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>What the sample workloads find in the database: a role and a schema each, and what invoice-app may do to the shop.</summary>
internal static class WorkloadDatabase
{
    private const string Mark = "srelab workloads on shop ";

    /// <summary>Makes what is missing. Schemas of workloads that ran on another seed are dropped: what they say is of invoices that are gone.</summary>
    /// <param name="lab">A seeded lab.</param>
    /// <param name="password">Password of a role by its name; null where somebody else makes the roles.</param>
    /// <param name="beforeDrop">Ends the workloads; called only when schemas are dropped.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="LabException">The database is not seeded, or has schemas of these names that are not the workloads'; nothing was touched.</exception>
    public static async Task PrepareAsync(ILab lab, Func<string, string>? password, Func<Task> beforeDrop, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin)) { Pooling = false };
        await using var connection = ProvenConnections.Create(settings.ConnectionString);
        await connection.OpenAsync(ct);
        var shop = await ScalarAsync(connection, "select to_regnamespace('shop')::oid::bigint where to_regclass('shop.payments') is not null", ct) as long?
            ?? throw new LabException("workloads refused: the database holds no invoices; nothing was touched.\n  fix          make seed");

        var mark = Mark + shop.ToString(CultureInfo.InvariantCulture);
        var comment = await ScalarAsync(
            connection,
            "select coalesce(string_agg(distinct coalesce(obj_description(oid, 'pg_namespace'), ''), ';'), 'none') from pg_namespace where nspname in ('invoicing', 'provider')",
            ct) as string;
        if (comment is { } found && found != "none" && found != mark)
        {
            if (!found.Split(';').All(c => c.StartsWith(Mark, StringComparison.Ordinal)))
            {
                throw new LabException(
                    """
                    workloads refused: the database has a schema invoicing or provider that this suite did not make; nothing was touched.
                      fix          rename or drop that schema yourself
                    """);
            }

            await beforeDrop();
            await ExecuteAsync(connection, "drop schema if exists invoicing cascade; drop schema if exists provider cascade", ct);
        }

        await ExecuteAsync(
            connection,
            $"""
            begin;
            {Role(password, Names.InvoiceApp)}
            {Role(password, Names.PaymentProvider)}
            create schema if not exists invoicing authorization {Names.InvoiceApp};
            create schema if not exists provider authorization {Names.PaymentProvider};
            comment on schema invoicing is '{mark}';
            comment on schema provider is '{mark}';
            grant usage on schema shop to {Names.InvoiceApp};
            grant select, update (status, paid_at) on shop.invoices to {Names.InvoiceApp};
            grant select, insert on shop.payments to {Names.InvoiceApp};
            do $do$ begin
              if pg_get_serial_sequence('shop.payments', 'id') is not null then
                execute format('grant usage on sequence %s to {Names.InvoiceApp}', pg_get_serial_sequence('shop.payments', 'id'));
              end if;
            end $do$;
            commit;
            """,
            ct);
    }

    private static string Role(Func<string, string>? password, string name) => password is null
        ? ""
        : $"""
          do $do$ begin
            if not exists (select from pg_roles where rolname = '{name}') then create role {name}; end if;
          end $do$;
          alter role {name} login password '{password(name)}';
          """;

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
