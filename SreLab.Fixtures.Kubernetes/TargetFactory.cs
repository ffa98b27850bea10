using SreLab.Fixtures.Kubernetes.Targets;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes;

/// <summary>What the suite loads this assembly for.</summary>
public sealed class TargetFactory : IKubernetesTargetFactory
{
    /// <inheritdoc />
    public ITarget Make(LabSettings settings) => settings.Target == KubernetesTargets.K3s ? new K3sTarget(settings) : new ExistingTarget(settings);
}
