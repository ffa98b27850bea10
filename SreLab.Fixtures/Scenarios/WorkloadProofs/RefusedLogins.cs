using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>The application's role may not log in, and its sessions are ended: the database is there, and refuses one application.</summary>
internal static class RefusedLogins
{
    /// <summary>Role of invoice-app.</summary>
    public const string Role = "invoice_app";

    private const string Locked = $"select exists (select from pg_roles where rolname = '{Role}' and not rolcanlogin)";

    /// <summary>Begins to refuse.</summary>
    public static async Task BeginAsync(ILab lab, CancellationToken ct)
    {
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"alter role {Role} nologin", ct);
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '{Role}'", ct);
    }

    /// <summary>Lets the role log in again; nothing happens when it can, or is not there.</summary>
    /// <returns>Whether it could not.</returns>
    public static async Task<bool> RepairAsync(ILab lab, CancellationToken ct)
    {
        if (await AdminSql.RunAsync(lab, Place.ReadWrite, Locked, ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.ReadWrite, $"alter role {Role} login", ct);
        return true;
    }
}
