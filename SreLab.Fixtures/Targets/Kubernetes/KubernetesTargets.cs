using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>The targets on Kubernetes, by name.</summary>
public static class KubernetesTargets
{
    /// <summary>K3s in containers of this machine's Docker engine.</summary>
    public const string K3s = "k3s";

    /// <summary>A cluster that is there: kubeconfig and context.</summary>
    public const string Existing = "existing";

    /// <summary>Label of every namespace that a lab made; its value is the lab's prefix.</summary>
    public const string LabLabel = "srelab.io/lab";

    /// <summary>Label of a database that was restored beside the lab's; its value is the name that it was asked for by.</summary>
    public const string RestoredLabel = "srelab.io/restored";

    /// <summary>Whether a target is one of them.</summary>
    public static bool IsOne(string target) => target is K3s or Existing;

    /// <summary>The settings of these targets, for the evidence.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(string target, KubernetesSettings settings)
    {
        yield return new("kubernetes.prefix", settings.Prefix);
        if (target == K3s)
        {
            yield return new("kubernetes.image", settings.K3sImage);
        }
        else
        {
            yield return new("kubernetes.context", settings.Context);
            yield return new("kubernetes.kubeconfig", Kubeconfig.PathOf(settings.Kubeconfig));
        }
    }

    /// <summary>The target; what it needs is asked for when it is used.</summary>
    internal static ITarget Make(LabSettings settings) => new GuardedTarget(settings, () => KubernetesAssembly.Load(settings.RepositoryRoot).Make(settings));
}
