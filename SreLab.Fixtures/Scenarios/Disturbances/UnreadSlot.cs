using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A replication slot that nobody reads from: made by the cluster manager, which drops slots that it does not know.</summary>
internal sealed class UnreadSlot : Disturbance
{
    internal const string Slot = "srelab_unread";
    internal const string Setting = "slots." + Slot;

    private const string Exists = "select exists (select from pg_replication_slots where slot_name = '" + Slot + "' and not active)";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public override string Name => "unread-slot";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("SlotInactive", "a slot of the primary has no reader", (context, ct) => SourceSql.IsTrueAsync(context.Lab, Place.ReadWrite, Exists, ct))
        {
            Concerns = Chosen.Label("slot", () => Slot),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        await context.Lab.ConfigureAsync(new Dictionary<string, string?> { [Setting + ".type"] = "physical" }, ct);
        await WaitAsync(context.Lab, isThere: true, ct);
        return $"slot {Slot} made on the primary, and never read";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        await context.Lab.ConfigureAsync(new Dictionary<string, string?> { [Setting] = null }, ct);
        await WaitAsync(context.Lab, isThere: false, ct);
    }

    private static async Task WaitAsync(ILab lab, bool isThere, CancellationToken ct) => await Wait.UntilAsync(
        Bounds.SettingsTakeEffect,
        $"slot {Slot} to be {(isThere ? "there" : "gone")}",
        async token => await SourceSql.IsTrueAsync(lab, Place.ReadWrite, Exists, token) == isThere ? ("so", "") : (null, isThere ? "not there" : "there"),
        PollInterval,
        ct);
}
