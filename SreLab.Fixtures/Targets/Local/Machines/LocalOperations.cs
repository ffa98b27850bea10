using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Planned work, ordered from Patroni.</summary>
internal sealed class LocalOperations(PatroniClient patroni) : ILabOperations
{
    /// <inheritdoc />
    public Task SwitchOverAsync(Member from, Member to, CancellationToken ct) => patroni.SwitchOverAsync(from, to, ct);

    /// <inheritdoc />
    public Task RestartAsync(Member member, CancellationToken ct) => patroni.RestartAsync(member, ct);
}
