using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A row points nowhere although its foreign key says that it cannot.</summary>
internal sealed class OrphanedRow : Plant
{
    public override string Id => "orphaned-row";

    public override string Defect => "an order item points to an order that does not exist, written behind the foreign key's back";

    public override PlantPoint Point => PlantPoint.AfterSeed;

    public override string SpecClass => "When_the_database_is_seeded";

    public override IReadOnlyList<string> MustBeRed => ["Every_foreign_key_holds"];

    public override IReadOnlyList<string> MayBeRed => ["At_least_ten_tables_hold_the_rows_that_were_asked_for"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        // In replica mode triggers do not fire, and foreign keys are triggers.
        await AdminSql.RunAsync(
            lab,
            Place.ReadWrite,
            "begin; set local session_replication_role = replica; insert into shop.order_items values (0, 1, 1, 1, 1); commit",
            ct);
        return TakenBackBy(
            () => AdminSql.RunAsync(lab, Place.ReadWrite, "delete from shop.order_items where order_id = 0", CancellationToken.None), progress);
    }
}
