using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets;

/// <summary>What the programs around PostgreSQL say of themselves, asked directly: the truth that the monitoring is held against.</summary>
/// <remarks>Cheap enough to be asked 20 times a second. A program that does not answer throws, where nothing else is said.</remarks>
public interface ILabSources
{
    /// <summary>What one member's cluster manager believes.</summary>
    /// <exception cref="Lab.LabException">It does not answer.</exception>
    Task<ManagerBelief> ManagerAsync(Member member, CancellationToken ct);

    /// <summary>Whether one member's part of the consensus store knows a leader; asks that part alone.</summary>
    /// <exception cref="Lab.LabException">It does not answer.</exception>
    Task<bool> KnowsStoreLeaderAsync(Member member, CancellationToken ct);

    /// <summary>Servers behind the read-write endpoint that pass their health check.</summary>
    /// <exception cref="Lab.LabException">The endpoint's proxy does not answer.</exception>
    Task<int> ReadWriteServersAsync(CancellationToken ct);

    /// <summary>Whether something takes connections at a program's address.</summary>
    Task<bool> ListensAsync(Member member, MemberProgram program, CancellationToken ct);

    /// <summary>When the last good backup was finished, as it was noted for the monitoring; null when none is noted.</summary>
    Task<DateTimeOffset?> LastBackupAsync(CancellationToken ct);

    /// <summary>Whether the last backup failed, as whoever took it noted; null when none was ever tried.</summary>
    Task<bool?> HasLastBackupFailedAsync(CancellationToken ct);
}

/// <summary>What a member's cluster manager believes.</summary>
/// <param name="IsPaused">It leaves the cluster alone.</param>
/// <param name="IsFailsafeActive">It has lost the consensus store, and keeps its primary because every member answers.</param>
public sealed record ManagerBelief(bool IsPaused, bool IsFailsafeActive);
