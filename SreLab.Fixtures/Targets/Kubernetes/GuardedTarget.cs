using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>A target on Kubernetes behind its preflight: what is wrong with Docker or the cluster is told first, then which package is missing.</summary>
/// <remarks>The order is the user's: a package is of no use to somebody who has no cluster. The first check therefore needs none.</remarks>
/// <param name="settings">Which target, which cluster.</param>
/// <param name="make">Makes the target itself; it may refuse.</param>
internal sealed class GuardedTarget(LabSettings settings, Func<ITarget> make) : ITarget
{
    private ITarget? _inner;

    /// <inheritdoc />
    public string Name => settings.Target;

    /// <inheritdoc />
    public IReadOnlyDictionary<Capability, string> Lacks => KubernetesLimits.Of(settings);

    private ITarget Inner => _inner ??= make();

    /// <inheritdoc />
    /// <remarks>Not the number of nodes, and no program: a lab is benchmarked and ended on a cluster that has just lost one.</remarks>
    public async Task<IReadOnlyList<Requirement>> CheckAccessAsync(CancellationToken ct) =>
        [.. await KubernetesPreflight.AccessAsync(settings, ct), KubernetesAssembly.Check(settings.RepositoryRoot)];

    /// <inheritdoc />
    public async Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct)
    {
        var access = await KubernetesPreflight.AccessAsync(settings, ct);
        var assembly = KubernetesAssembly.Check(settings.RepositoryRoot);
        return
        [
            .. access,
            assembly,
            .. KubernetesPreflight.Programs(),
            .. access.All(r => r.IsMet) && assembly.IsMet ? await Inner.CheckAsync(ct) : [],
        ];
    }

    /// <inheritdoc />
    public async Task<UpResult> UpAsync(IProgressLog progress, CancellationToken ct)
    {
        Requirements.Demand(await KubernetesPreflight.AccessAsync(settings, ct));
        return await Inner.UpAsync(progress, ct);
    }

    /// <inheritdoc />
    /// <remarks>No lab can be seen where nothing can be reached; why is told by whoever needs it up.</remarks>
    public async Task<ILab?> AttachAsync(CancellationToken ct) =>
        (await KubernetesPreflight.AccessAsync(settings, ct)).All(r => r.IsMet) ? await Inner.AttachAsync(ct) : null;

    /// <inheritdoc />
    public async Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct)
    {
        Requirements.Demand(await KubernetesPreflight.AccessAsync(settings, ct));
        return await Inner.DownAsync(progress, ct);
    }
}
