using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>One acknowledged write is gone.</summary>
internal sealed class DeletedWrite : Plant
{
    public override string Id => "deleted-write";

    public override string Defect => "the oldest row of the newest ledger run is deleted before the read-back";

    public override PlantPoint Point => PlantPoint.BeforeReadBack;

    public override string SpecClass => "When_the_postmaster_of_the_primary_is_killed";

    public override IReadOnlyList<string> MustBeRed => ["Every_acknowledged_write_survives_on_every_member"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        await AdminSql.RunAsync(
            lab,
            Place.ReadWrite,
            """
            delete from srelab.ledger where id =
                (select id from srelab.ledger where run = (select run from srelab.ledger order by written_at desc limit 1) order by written_at limit 1)
            """,
            ct);
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}
