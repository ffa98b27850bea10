using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Targets.Kubernetes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets;

/// <summary>Which target a run uses, and why.</summary>
public static class TargetChoice
{
    /// <summary>Makes the target that the settings name.</summary>
    /// <exception cref="LabException">The target is not part of this build.</exception>
    public static (ITarget Target, string Why) Make(LabSettings settings) => settings.Target switch
    {
        "local" => (new LocalTarget(settings), "TARGET says so"),
        ExternalTarget.TargetName => (new ExternalTarget(settings), "TARGET says so; nothing but the schemas srelab and shop is touched"),
        KubernetesTargets.K3s => (KubernetesTargets.Make(settings), "TARGET says so"),
        KubernetesTargets.Existing => (KubernetesTargets.Make(settings), $"TARGET says so; context {settings.Kubernetes.Context}, namespaces {settings.Kubernetes.Prefix}-*"),
        "auto" => Choose(settings, DockerEngine.Ask()),
        _ => throw new LabException(
            $"target {settings.Target} is not part of this build; nothing was touched.\n  available    local, k3s, existing, external\n  repeat       make lab TARGET=local"),
    };

    /// <summary>Whether the settings lead to a target on Kubernetes: specs that only it can keep are not discovered elsewhere.</summary>
    /// <returns>False for settings that name no target.</returns>
    public static bool IsKubernetes(LabSettings settings) =>
        KubernetesTargets.IsOne(settings.Target) || (settings.Target == "auto" && DockerEngine.Ask().Answers);

    /// <summary>K3s where a Docker engine answers, else the embedded target.</summary>
    internal static (ITarget Target, string Why) Choose(LabSettings settings, DockerAnswer docker) => docker.Answers
        ? (KubernetesTargets.Make(settings with { Target = KubernetesTargets.K3s }), $"TARGET is not set, and a Docker engine answers on {docker.Address}")
        : (new LocalTarget(settings), $"TARGET is not set, and no Docker engine answers on {docker.Address}");
}
