using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>The platform under a lab, where it is one that can be asked: nodes, volumes, policies, accounts, services and what scales them.</summary>
public interface ILabPlatform
{
    /// <summary>Looks at every part, and tries those that only show when something is done to them. What it makes it removes.</summary>
    /// <param name="progress">Told of every part.</param>
    /// <param name="ct">Cancels the work; what was made is removed all the same.</param>
    /// <returns>Every part with its record, or why it has none.</returns>
    Task<PlatformRecord> InspectAsync(IProgressLog progress, CancellationToken ct);
}
