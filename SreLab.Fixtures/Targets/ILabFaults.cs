using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>A program of a member that can be lost by itself.</summary>
public enum MemberProgram
{
    /// <summary>The member's part of the consensus store.</summary>
    ConsensusStore = 0,

    /// <summary>The exporter of its PostgreSQL.</summary>
    Exporter = 1,
}

/// <summary>What can be broken in a lab. Each method returns once the signal is sent; seeing and healing are the fault's work.</summary>
public interface ILabFaults
{
    /// <summary>SIGKILL to PostgreSQL's postmaster of one member; its Patroni lives on.</summary>
    /// <returns>What was signalled, for the evidence: program and pid.</returns>
    Task<string> KillPostmasterAsync(Member member, CancellationToken ct);

    /// <summary>SIGKILL to every process of one member at once: etcd, Patroni, PostgreSQL with all backends, exporter. Nothing starts them again until <see cref="StartMemberAsync"/>.</summary>
    /// <returns>What was signalled, for the evidence: programs and pids.</returns>
    Task<string> KillMemberAsync(Member member, CancellationToken ct);

    /// <summary>SIGKILL to one program of a member; nothing starts it again until <see cref="StartMemberAsync"/>.</summary>
    /// <returns>What was signalled, for the evidence: program and pid.</returns>
    Task<string> KillProgramAsync(Member member, MemberProgram program, CancellationToken ct);

    /// <summary>Why this target or user cannot have a volume that may be filled; null when it can.</summary>
    string? WhyNoVolume { get; }

    /// <summary>Makes a small, empty volume that the monitoring watches like the data's own, to be filled.</summary>
    /// <param name="bytes">Its size, 1 MiB or more.</param>
    /// <param name="ct">Cancels the making.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="LabException">It cannot be had here.</exception>
    Task<string> MakeVolumeAsync(long bytes, CancellationToken ct);

    /// <summary>Takes that volume away with what is on it.</summary>
    Task RemoveVolumeAsync(CancellationToken ct);

    /// <summary>Starts every process of a member that does not run.</summary>
    Task StartMemberAsync(Member member, CancellationToken ct);

    /// <summary>Makes a standby throw its data away and copy the primary's; it streams again some seconds later.</summary>
    /// <exception cref="LabException">The member refused, or there is no primary to copy.</exception>
    Task RebuildMemberAsync(Member member, CancellationToken ct);

    /// <summary>Seconds left of the leader's lease in the consensus store; null when there is no leader.</summary>
    Task<double?> LeaseLeftSecondsAsync(CancellationToken ct);

    /// <summary>What can be done to the machines themselves; null where they are out of reach.</summary>
    ILabMachines? Machines => null;

    /// <summary>What can be done to the platform under the members; null where there is none.</summary>
    ILabPlatformFaults? Platform => null;

    /// <summary>Planned work; null where nobody can be told to do it.</summary>
    ILabOperations? Operations => null;
}
