using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>The volume that holds the primary's WAL has no byte left.</summary>
internal sealed class FilledVolume(ILab lab, ClusterState before, Random random) : LabFault(lab, before)
{
    // Room for what a member keeps for others (wal_keep_size) is not needed here: a lab's standbys are never that far behind.
    private const long VolumeBytes = 3L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Member _member = Victims.Standby(before, random);

    public override string Victim => _member.Name;

    public override string? Recovery => $"the volume of {Victim} was emptied";

    public override async Task PrepareAsync(CancellationToken ct)
    {
        await Machines.GiveVolumeAsync(_member, VolumeBytes, ct).ConfigureAwait(false);
        await WholeCluster.WaitAsync(Lab, Rejoined, ct).ConfigureAwait(false);
        await HandOver.ToAsync(Lab, _member, ct).ConfigureAwait(false);
    }

    // Segments that were made before are used up first; each switch takes one.
    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to end for want of space",
        async token =>
        {
            await DirectConnection.AskAsync(Lab, _member, DatabaseUser.Admin, "select pg_switch_wal()::text", Patience, token).ConfigureAwait(false);
            return (await DirectConnection.IsRefusedAsync(_member.Host, _member.Port, token).ConfigureAwait(false) ? $"{Victim} refuses connections" : null, "it runs");
        },
        ct,
        Bounds.VolumeFull);

    public override Task CleanUpAsync(CancellationToken ct) => TakeAwayAsync(ct);

    protected override Task<string> BreakAsync(CancellationToken ct) => Machines.FillVolumeAsync(ct);

    protected override Task MendAsync(CancellationToken ct) => Machines.EmptyVolumeAsync(ct);

    private static Bound Rejoined => Bounds.Rejoin;

    private async Task TakeAwayAsync(CancellationToken ct)
    {
        var state = await WholeCluster.WaitAsync(Lab, Rejoined, ct).ConfigureAwait(false);
        if (state.Primary!.Member == _member)
        {
            await HandOver.ToAsync(Lab, state.StreamingStandbys[0].Member, ct).ConfigureAwait(false);
        }

        await Machines.TakeVolumeAsync(_member, ct).ConfigureAwait(false);
        await WholeCluster.WaitAsync(Lab, Rejoined, ct).ConfigureAwait(false);
    }
}
