using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The exporters' role loses the right to one of the functions that it asks.</summary>
internal sealed class DeniedExporter : Disturbance
{
    private const string Denied = "select not has_function_privilege('pg_monitor', 'pg_ls_waldir()', 'execute')";
    private Member _primary = Member.None;

    public override string Name => "denied-exporter";

    public override string Target => _primary.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("ExporterFailing", "the exporters' role may not list the folder of the WAL", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, _primary, Denied, ct))
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        await AdminSql.RunAsync(context.Lab, Place.On(_primary), "revoke execute on function pg_ls_waldir() from pg_monitor", ct);
        return "the right to list the folder of the WAL taken from the exporters' role";
    }

    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => RepairAsync(context.Lab, ct);

    /// <summary>Gives the right back; nothing happens when it is there.</summary>
    /// <returns>Whether it was missing.</returns>
    internal static async Task<bool> RepairAsync(ILab lab, CancellationToken ct)
    {
        if (await AdminSql.RunAsync(lab, Place.ReadWrite, Denied, ct) is not true)
        {
            return false;
        }

        await AdminSql.RunAsync(lab, Place.ReadWrite, "grant execute on function pg_ls_waldir() to pg_monitor", ct);
        return true;
    }
}
