namespace SreLab.Fixtures.Lab;

/// <summary>Which cluster, and what of it may be used. Read with <c>TARGET=k3s</c> and <c>TARGET=existing</c> only.</summary>
public sealed record KubernetesSettings
{
    /// <summary>Path of the kubeconfig of an existing cluster; empty: <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    public string Kubeconfig { get; init; } = "";

    /// <summary>Context of the kubeconfig. Named always with <c>TARGET=existing</c>: the current one may be another cluster tomorrow.</summary>
    public string Context { get; init; } = "";

    /// <summary>What every namespace of the lab begins with; another prefix is another lab.</summary>
    public string Prefix { get; init; } = "srelab";

    /// <summary>File with further variables of the Terraform environment; empty for none.</summary>
    public string Variables { get; init; } = "";

    /// <summary>Whether namespaces that the lab did not make may be used.</summary>
    public bool Adopt { get; init; }

    /// <summary>Pods in which the benchmark's clients run, 1 to 16; 0: they run on this machine, and reach the database through the load balancer.</summary>
    public int BenchPods { get; init; } = 2;

    /// <summary>Image of K3s, whose tag is the version of Kubernetes.</summary>
    public string K3sImage { get; init; } = DefaultK3sImage;

    /// <summary>The assignment's version of Kubernetes.</summary>
    public const string DefaultK3sImage = "rancher/k3s:v1.29.15-k3s1";
}
