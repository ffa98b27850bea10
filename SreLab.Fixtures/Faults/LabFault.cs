using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>One fault of the catalogue on one lab: injected once, seen to have landed, taken back, healed.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="before">The cluster as it was before.</param>
internal abstract class LabFault(ILab lab, ClusterState before)
{
    /// <summary>Between two looks whether it landed.</summary>
    protected static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    private bool _injected;
    private bool _recovered;

    /// <summary>Whether something may still be broken.</summary>
    public bool IsOpen => _injected && !_recovered;

    /// <summary>What is hit, for people and rules: a member's name, or that of a program.</summary>
    public abstract string Victim { get; }

    /// <summary>What taking it back is called in a timeline; null when nothing is to be done, because the platform mends it by itself.</summary>
    public virtual string? Recovery => null;

    protected ILab Lab { get; } = lab;

    protected ClusterState Before { get; } = before;

    protected Member Primary => Before.Primary!.Member;

    /// <summary>Makes ready what it needs, before any load runs. The cluster is whole again afterwards, but may have another primary.</summary>
    public virtual Task PrepareAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Breaks.</summary>
    /// <returns>What was done, for the evidence.</returns>
    public Task<string> InjectAsync(CancellationToken ct)
    {
        // Before the call: when it fails half-way, something may be broken already.
        _injected = true;
        return BreakAsync(ct);
    }

    /// <summary>Waits until the fault is seen from outside. One that did not land must not pass.</summary>
    /// <returns>What was seen, for the evidence.</returns>
    /// <exception cref="LabException">It did not land.</exception>
    public abstract Task<string> WaitUntilSeenAsync(CancellationToken ct);

    /// <summary>Takes it back.</summary>
    public async Task RecoverAsync(CancellationToken ct)
    {
        await MendAsync(ct).ConfigureAwait(false);
        _recovered = true;
    }

    /// <summary>Waits until every member streams again.</summary>
    public virtual Task<ClusterState> WaitUntilHealedAsync(CancellationToken ct) => WholeCluster.WaitAsync(Lab, Bounds.Rejoin, ct);

    /// <summary>Removes what <see cref="PrepareAsync"/> made; the cluster is whole before and after it.</summary>
    public virtual Task CleanUpAsync(CancellationToken ct) => Task.CompletedTask;

    protected abstract Task<string> BreakAsync(CancellationToken ct);

    protected abstract Task MendAsync(CancellationToken ct);

    /// <summary>Waits for a look to succeed.</summary>
    protected static Task<string> SeenAsync(string what, Func<CancellationToken, Task<(string? Seen, string Now)>> look, CancellationToken ct, Bound? bound = null) =>
        Wait.UntilAsync(bound ?? Bounds.FaultSeen, what, look, LookInterval, ct);

    protected ILabPlatformFaults Platform => Lab.Faults.Platform ?? throw new LabException("fault refused: this lab has no platform under it.\n  fix          make failover TARGET=existing");

    protected ILabMachines Machines => Lab.Faults.Machines ?? throw new LabException("fault refused: the machines of this lab are out of reach.\n  fix          make failover TARGET=local");
}
