using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>Planned work on a cluster, through whatever manages it.</summary>
public interface ILabOperations
{
    /// <summary>Hands the primary's role over.</summary>
    /// <param name="from">The primary.</param>
    /// <param name="to">A standby that may lead.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="LabException">It was refused.</exception>
    Task SwitchOverAsync(Member from, Member to, CancellationToken ct);

    /// <summary>Restarts PostgreSQL of a member; returns when it runs again.</summary>
    /// <exception cref="LabException">It was refused, or did not come back.</exception>
    Task RestartAsync(Member member, CancellationToken ct);
}
