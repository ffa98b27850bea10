using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>A switchover, alone or as part of a restart of every member.</summary>
/// <param name="lab">The lab that is worked on.</param>
/// <param name="before">The cluster before.</param>
/// <param name="random">Draws the successor.</param>
/// <param name="restartsAll">Whether every member is restarted: the standbys first, the old primary after it handed over.</param>
internal sealed class PlannedWork(ILab lab, ClusterState before, Random random, bool restartsAll) : LabFault(lab, before)
{
    private readonly Member _successor = Victims.SynchronousStandby(before, random);

    public override string Victim => Primary.Name;

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{_successor.Name} to hold the leader key",
        async token =>
        {
            var leader = await Lab.GetLeaderNameAsync(token).ConfigureAwait(false);
            return (leader == _successor.Name ? $"{leader} holds the leader key" : null, leader ?? "nobody");
        },
        ct,
        Bounds.NewPrimaryAfterFailover);

    protected override async Task<string> BreakAsync(CancellationToken ct)
    {
        var operations = HandOver.Operations(Lab);
        var restarted = new List<string>();
        foreach (var standby in restartsAll ? Before.StreamingStandbys.Select(s => s.Member) : [])
        {
            await operations.RestartAsync(standby, ct).ConfigureAwait(false);
            await WholeCluster.WaitAsync(Lab, Bounds.Rejoin, ct).ConfigureAwait(false);
            restarted.Add(standby.Name);
        }

        await operations.SwitchOverAsync(Primary, _successor, ct).ConfigureAwait(false);
        return (restarted.Count > 0 ? $"{string.Join(" and ", restarted)} restarted; " : "") + $"switchover from {Primary.Name} to {_successor.Name}";
    }

    protected override async Task MendAsync(CancellationToken ct)
    {
        if (restartsAll)
        {
            await WholeCluster.WaitAsync(Lab, Bounds.Rejoin, ct).ConfigureAwait(false);
            await HandOver.Operations(Lab).RestartAsync(Primary, ct).ConfigureAwait(false);
        }
    }
}
