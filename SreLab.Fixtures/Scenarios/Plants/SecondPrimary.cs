using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Two members accept writes at once.</summary>
internal sealed class SecondPrimary : Plant
{
    public override string Id => "second-primary";

    public override string Defect => "a standby is promoted behind Patroni's back while the primary still accepts writes";

    public override PlantPoint Point => PlantPoint.BeforeFault;

    public override string SpecClass => "When_the_postmaster_of_the_primary_is_killed";

    public override IReadOnlyList<string> MustBeRed => ["No_two_members_accept_writes_at_once"];

    // The promoted standby must be rewound, and its timeline takes part in the election: the other promises may suffer.
    public override IReadOnlyList<string> MayBeRed =>
    [
        "Writes_resume_within_the_objective", "The_old_primary_rejoins", "A_standby_is_promoted",
        "Every_acknowledged_write_survives_on_every_member", "Every_table_has_the_same_content_on_every_member",
    ];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var standby = await Standby.AsynchronousAsync(lab, ct);
        await AdminSql.RunAsync(lab, Place.On(standby), "select pg_promote(true, 10)", ct);
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}
