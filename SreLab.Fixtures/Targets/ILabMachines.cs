using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>What of a member is stopped in its tracks.</summary>
public enum FrozenPart
{
    /// <summary>The postmaster with everything that it forked.</summary>
    Postgres = 0,

    /// <summary>Patroni alone; PostgreSQL runs on.</summary>
    Patroni = 1,

    /// <summary>Everything: consensus store, Patroni, PostgreSQL, exporter.</summary>
    Everything = 2,

    /// <summary>The WAL receiver alone.</summary>
    WalReceiver = 3,
}

/// <summary>A way that can be cut: nothing passes any more, and nobody is told.</summary>
public enum LabLink
{
    /// <summary>From a member's Patroni to every member of the consensus store, its own included.</summary>
    ToStore = 0,

    /// <summary>From the other members to a member: WAL, rewinds, copies, and Patroni's questions.</summary>
    FromMembers = 1,

    /// <summary>From a leader's Patroni to the others, by which it asks whether it may go on without a store.</summary>
    ToMembers = 2,
}

/// <summary>What can be done to the machines of a lab: freezing, cutting, losing all of them, filling a disk. Each method returns once it is done; seeing is the fault's work.</summary>
public interface ILabMachines
{
    /// <summary>SIGSTOP. The member's other parts run on.</summary>
    /// <returns>What was stopped, for the evidence: programs and pids.</returns>
    Task<string> FreezeAsync(Member member, FrozenPart part, CancellationToken ct);

    /// <summary>Whether every process of the part is stopped, none having been started since.</summary>
    bool IsFrozen(Member member, FrozenPart part);

    /// <summary>SIGCONT to whatever of the lab is stopped.</summary>
    /// <returns>How many processes were.</returns>
    int Thaw();

    /// <summary>Cuts: what is under way stays under way, as when packets are lost.</summary>
    /// <returns>What was done, for the evidence.</returns>
    Task<string> CutAsync(Member member, LabLink link, CancellationToken ct);

    /// <summary>Whether a question that goes that way is answered.</summary>
    /// <param name="member">The member at one end.</param>
    /// <param name="link">Which way.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <param name="ct">Cancels the question.</param>
    Task<bool> PassesAsync(Member member, LabLink link, TimeSpan patience, CancellationToken ct);

    /// <summary>Mends every cut; what waited arrives.</summary>
    Task MendAsync(CancellationToken ct);

    /// <summary>SIGKILL to everything of all members at once.</summary>
    /// <returns>What was signalled, for the evidence.</returns>
    Task<string> KillAllAsync(CancellationToken ct);

    /// <summary>Starts everything of all members that does not run, as after a power loss: all at once.</summary>
    Task StartAllAsync(CancellationToken ct);

    /// <summary>SIGKILL to the load balancer; whoever looks after it starts it again.</summary>
    /// <returns>What was signalled, for the evidence.</returns>
    Task<string> KillProxyAsync(CancellationToken ct);

    /// <summary>Puts the WAL of a member on a volume of its own, which can be filled; the member is restarted for it.</summary>
    /// <param name="member">A standby.</param>
    /// <param name="bytes">The volume's size.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="LabException">Volumes cannot be had here.</exception>
    Task GiveVolumeAsync(Member member, long bytes, CancellationToken ct);

    /// <summary>Leaves no byte free on that volume.</summary>
    /// <returns>What was written, for the evidence.</returns>
    Task<string> FillVolumeAsync(CancellationToken ct);

    /// <summary>Removes what was filled in.</summary>
    Task EmptyVolumeAsync(CancellationToken ct);

    /// <summary>Takes the volume away: the member, a standby by then, gets its WAL back on its old place.</summary>
    Task TakeVolumeAsync(Member member, CancellationToken ct);
}
