using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>The load balancer of the database dies.</summary>
internal sealed class KilledProxy(ILab lab, ClusterState before) : LabFault(lab, before)
{
    private string _signalled = "";

    public override string Victim => "the load balancer";

    // Its supervisor may have started it again before anyone looks: that the recorded process is gone was made sure of when it was signalled.
    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => Task.FromResult($"{_signalled[(_signalled.IndexOf(" to ", StringComparison.Ordinal) + 4)..]} is gone");

    protected override async Task<string> BreakAsync(CancellationToken ct) => _signalled = await Machines.KillProxyAsync(ct).ConfigureAwait(false);

    protected override Task MendAsync(CancellationToken ct) => Task.CompletedTask;
}
