using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A standby is promoted beside the primary, while the cluster manager is told to leave the cluster alone.</summary>
/// <remarks>Awake, Patroni would demote it within a second, too soon for a scrape. Clients are led to the holder of the leader key alone.</remarks>
internal sealed class PromotedStandby : Disturbance
{
    internal const string Setting = "pause";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private Member _standby = Member.None;

    public override string Name => "promoted-standby";

    public override string Target => _standby.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("FailoverPaused", "a member's cluster manager leaves the cluster alone", async (context, ct) =>
            (await BeliefsAsync(context.Lab, ct)).Any(b => b.IsPaused)),
        new("TwoPrimaries", "more than one member is out of recovery", async (context, ct) => await SourceSql.PrimariesAsync(context.Lab, ct) > 1),
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _standby = await Chosen.StandbyAsync(context.Lab, 1, ct);
        await PauseAsync(context.Lab, isPaused: true, ct);
        await AdminSql.RunAsync(context.Lab, Place.On(_standby), "select pg_promote()", ct);
        return $"Patroni paused, and {_standby} promoted behind its back";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        await PauseAsync(context.Lab, isPaused: false, ct);
        if (_standby == Member.None)
        {
            return;
        }

        // Its own timeline keeps it from following. Patroni demotes it first, and takes no other order meanwhile.
        var standby = _standby;
        _standby = Member.None;
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            $"{standby} to be demoted and to copy the primary's data",
            async token =>
            {
                if (await SourceSql.PrimariesAsync(context.Lab, token) > 1)
                {
                    return (null, "more than one primary");
                }

                await context.Lab.Faults.RebuildMemberAsync(standby, token);
                return ("taken", "");
            },
            TimeSpan.FromMilliseconds(250),
            ct);
        await WholeAgain.WaitAsync(context.Lab, context.Progress, ct);
    }

    /// <summary>Tells the cluster manager to leave the cluster alone, or to take care of it again, and waits until every member's does.</summary>
    internal static async Task PauseAsync(ILab lab, bool isPaused, CancellationToken ct)
    {
        await lab.ConfigureAsync(new Dictionary<string, string?> { [Setting] = isPaused ? "true" : null }, ct);
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            $"every member's Patroni to be {(isPaused ? "paused" : "awake")}",
            async token =>
            {
                var others = (await BeliefsAsync(lab, token)).Count(b => b.IsPaused != isPaused);
                return (others == 0 ? "so" : null, FormattableString.Invariant($"{others} are not"));
            },
            PollInterval,
            ct);
    }

    private static Task<ManagerBelief[]> BeliefsAsync(ILab lab, CancellationToken ct) =>
        Task.WhenAll(lab.Members.Select(member => lab.Sources.ManagerAsync(member, ct)));
}
