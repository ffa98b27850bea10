using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>Network policies let nothing to or from the primary's pod.</summary>
internal sealed class CutNetwork(ILab lab, ClusterState before) : LabFault(lab, before)
{
    public override string Victim => Primary.Name;

    public override string? Recovery => "the network policies were put back";

    // The suite's own way to a member goes through its node, which policies do not concern: other members are asked.
    public override Task<string> WaitUntilSeenAsync(CancellationToken ct) => SeenAsync(
        $"nothing to reach {Victim} any more",
        async token =>
        {
            var other = Before.StreamingStandbys[0].Member;
            return (await Platform.PassesAsync(other, Primary, token).ConfigureAwait(false) ? null : $"{other.Name} does not reach {Victim}", $"{other.Name} reaches it");
        },
        ct);

    protected override Task<string> BreakAsync(CancellationToken ct) => Platform.CutAsync(Primary, ct);

    protected override Task MendAsync(CancellationToken ct) => Platform.MendAsync(ct);
}
