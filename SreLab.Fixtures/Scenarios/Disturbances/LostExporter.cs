using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The exporter of a standby dies.</summary>
internal sealed class LostExporter : Disturbance
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private Member _standby = Member.None;

    public override string Name => "lost-exporter";

    public override string Target => _standby.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("TargetDown", "nothing listens at the address of the standby's exporter", async (context, ct) =>
            _standby != Member.None && !await context.Lab.Sources.ListensAsync(_standby, MemberProgram.Exporter, ct))
        {
            Concerns = labels => labels.GetValueOrDefault("member") == _standby.Name && labels.GetValueOrDefault("job") == "postgres",
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        // Not the standby whose replay is late beside it: that one's exporter must tell of the lag.
        _standby = await Chosen.StandbyAsync(context.Lab, 1, ct);
        return await context.Lab.Faults.KillProgramAsync(_standby, MemberProgram.Exporter, ct);
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_standby == Member.None)
        {
            return;
        }

        await context.Lab.Faults.StartMemberAsync(_standby, ct);
        await Wait.UntilAsync(
            Bounds.ScrapeTargetsUp,
            $"the exporter of {_standby} to listen",
            async token => (await context.Lab.Sources.ListensAsync(_standby, MemberProgram.Exporter, token) ? "listens" : null, "connection refused"),
            PollInterval,
            ct);
    }
}
