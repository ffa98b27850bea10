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

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var standby = await Standby.StreamingAsync(lab, ct);
        await AdminSql.RunAsync(lab, Place.On(standby), "select pg_promote(false)", ct);

        // Two of Patroni's loops: by then it has seen and demoted the second primary, whose own timeline keeps it from following.
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        await lab.Faults.RebuildMemberAsync(standby, ct);
        await Standby.StreamsAgainAsync(lab, standby, ct);
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}
