using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>SIGKILL to everything of a standby for which commits wait.</summary>
internal sealed class KilledStandby(ILab lab, ClusterState before, Random random) : LabFault(lab, before)
{
    private readonly Member _standby = Victims.SynchronousStandby(before, random);

    public override string Victim => _standby.Name;

    public override string? Recovery => $"{Victim} was started again";

    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"{Victim} to refuse a direct connection",
        async token => (await DirectConnection.IsRefusedAsync(_standby.Host, _standby.Port, token).ConfigureAwait(false) ? $"{Victim} refuses connections" : null, "connection accepted"),
        ct);

    protected override Task<string> BreakAsync(CancellationToken ct) => Lab.Faults.KillMemberAsync(_standby, ct);

    protected override Task MendAsync(CancellationToken ct) => Lab.Faults.StartMemberAsync(_standby, ct);
}
