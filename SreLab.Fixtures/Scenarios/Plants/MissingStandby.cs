using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A replica is missing.</summary>
internal sealed class MissingStandby : Plant
{
    public override string Id => "missing-standby";

    public override string Defect => "one standby is dead although the lab says it is up";

    public override PlantPoint Point => PlantPoint.AfterUp;

    public override string SpecClass => "When_the_lab_is_up";

    public override IReadOnlyList<string> MustBeRed => ["Three_members_run_and_two_of_them_stream"];

    public override IReadOnlyList<string> MayBeRed => ["Every_scrape_target_is_up", "Every_member_runs_with_the_settings_that_safety_rests_on"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var member = await Standby.StreamingAsync(lab, ct);
        await lab.Faults.KillMemberAsync(member, ct);
        return TakenBackBy(() => lab.Faults.StartMemberAsync(member, CancellationToken.None), progress);
    }
}
