using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Faults.Kinds;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>Makes the fault of a kind; the random numbers decide who is hit where there is a choice.</summary>
internal static class FaultFactory
{
    /// <summary>A fault that was not injected yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in the catalogue.</exception>
    public static LabFault Create(string kind, ILab lab, ClusterState before, Random random)
    {
        var primary = before.Primary!.Member;
        return kind switch
        {
            FaultKinds.KillPostmaster => new KilledPrimary(lab, before, isWhole: false),
            FaultKinds.KillMember => new KilledPrimary(lab, before, isWhole: true),
            FaultKinds.PowerLoss => new LostPower(lab, before),
            FaultKinds.HangPostgres => new FrozenMember(lab, before, primary, FrozenPart.Postgres),
            FaultKinds.HangPatroni => new FrozenMember(lab, before, primary, FrozenPart.Patroni),
            FaultKinds.FreezeMember => new FrozenMember(lab, before, primary, FrozenPart.Everything),
            FaultKinds.CutFromStore => new CutLinks(lab, before, LabLink.ToStore),
            FaultKinds.CutFromStandbys => new CutLinks(lab, before, LabLink.FromMembers),
            FaultKinds.CutOneWay => new CutLinks(lab, before, LabLink.ToStore, LabLink.ToMembers),
            FaultKinds.IsolatePrimary => new CutLinks(lab, before, LabLink.ToStore, LabLink.ToMembers, LabLink.FromMembers),
            FaultKinds.LoseStore => new LostStore(lab, before, random, silencesStandby: false),
            FaultKinds.LoseStoreAndStandby => new LostStore(lab, before, random, silencesStandby: true),
            FaultKinds.KillStandby => new KilledStandby(lab, before, random),
            FaultKinds.FreezeReceiver => new FrozenMember(lab, before, Victims.SynchronousStandby(before, random), FrozenPart.WalReceiver),
            FaultKinds.PauseReplay => new PausedReplay(lab, before, random),
            FaultKinds.KillProxy => new KilledProxy(lab, before),
            FaultKinds.ExhaustConnections => new ExhaustedConnections(lab, before),
            FaultKinds.FillVolume => new FilledVolume(lab, before, random),
            FaultKinds.DamagePage => new DamagedPage(lab, before, random),
            FaultKinds.Switchover => new PlannedWork(lab, before, random, restartsAll: false),
            FaultKinds.RollingRestart => new PlannedWork(lab, before, random, restartsAll: true),
            FaultKinds.KillContainer => new KilledContainer(lab, before, isInBackOff: false),
            FaultKinds.KillContainerAgain => new KilledContainer(lab, before, isInBackOff: true),
            FaultKinds.CutNetwork => new CutNetwork(lab, before),
            FaultKinds.LoseNode => new LeftNode(lab, before, isLost: true),
            FaultKinds.DrainNode => new LeftNode(lab, before, isLost: false),
            FaultKinds.Resize => new ResizedCluster(lab, before),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not in the catalogue"),
        };
    }
}
