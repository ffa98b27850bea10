using System.Globalization;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Bench;

/// <summary>A pass as objects of Kubernetes: scripts in a ConfigMap, a Job for each pod.</summary>
/// <param name="Name">Unique name of the pass's objects.</param>
/// <param name="Cluster">Name of the database's cluster.</param>
/// <param name="Image">The database's image, which has pgbench.</param>
/// <param name="MustLeavePrimary">Nodes enough for the clients to be elsewhere than the primary.</param>
/// <param name="LongestSeconds">When the kubelet ends it, should nobody else.</param>
internal sealed record BenchJob(string Name, string Cluster, string Image, bool MustLeavePrimary, long LongestSeconds)
{
    /// <summary>Label of every object of a pass; its value is the pass.</summary>
    public const string Label = "srelab.io/bench";

    /// <summary>Container in which pgbench runs.</summary>
    public const string Container = "pgbench";

    private const string Host = "kubernetes.io/hostname";
    private const string CaFolder = "/etc/srelab/ca";
    private const string Work = "/bench";
    private const long PostgresUser = 26;

    // All pods begin together: each waits for the word. What it leaves is fetched before its job is removed, which ends it.
    private const string Script =
        """
        cd /bench; : > stderr
        until [ -e go ]; do sleep 0.05; done
        pgbench "$@" > stdout 2> stderr; echo $? > exit
        sleep 3600
        """;

    /// <summary>Labels of the pods: policies let them to the database and nowhere else.</summary>
    private Dictionary<string, string> Labels => new()
    {
        ["app.kubernetes.io/part-of"] = "srelab",
        ["app.kubernetes.io/component"] = "bench",
        [Label] = Name,
    };

    /// <summary>The scripts.</summary>
    public V1ConfigMap Scripts(IReadOnlyDictionary<string, string> scripts) =>
        new() { ApiVersion = "v1", Kind = "ConfigMap", Metadata = new V1ObjectMeta { Name = Name, Labels = Labels }, Data = scripts.ToDictionary() };

    /// <summary>The job of one part.</summary>
    /// <param name="share">The part.</param>
    /// <param name="secret">Secret with the login's password.</param>
    /// <param name="environment">Everything else that libpq needs.</param>
    public V1Job Of(BenchShare share, string secret, IReadOnlyDictionary<string, string> environment) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = new V1ObjectMeta { Name = string.Create(CultureInfo.InvariantCulture, $"{Name}-{share.Index}"), Labels = Labels },
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            ActiveDeadlineSeconds = LongestSeconds,
            Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = Labels }, Spec = PodOf(share, secret, environment) },
        },
    };

    private V1PodSpec PodOf(BenchShare share, string secret, IReadOnlyDictionary<string, string> environment) => new()
    {
        RestartPolicy = "Never",
        TerminationGracePeriodSeconds = 1,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        Affinity = new V1Affinity { PodAntiAffinity = Apart() },
        SecurityContext = new V1PodSecurityContext { RunAsNonRoot = true, RunAsUser = PostgresUser, RunAsGroup = PostgresUser, FsGroup = PostgresUser, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } },
        Containers =
        [
            new V1Container
            {
                Name = Container,
                Image = Image,
                ImagePullPolicy = "IfNotPresent",
                Command = ["bash", "-c", Script, Container],
                Args = [.. share.Arguments],
                Env =
                [
                    .. environment.Select(v => new V1EnvVar { Name = v.Key, Value = v.Value }),
                    new V1EnvVar { Name = "PGSSLROOTCERT", Value = $"{CaFolder}/ca.crt" },
                    new V1EnvVar { Name = "PGPASSWORD", ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = secret, Key = "password" } } },
                ],
                Resources = new V1ResourceRequirements
                {
                    Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100m"), ["memory"] = new("64Mi") },
                    Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("256Mi") },
                },
                SecurityContext = new V1SecurityContext { AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true, Capabilities = new V1Capabilities { Drop = ["ALL"] } },
                VolumeMounts =
                [
                    new V1VolumeMount { Name = "work", MountPath = Work },
                    new V1VolumeMount { Name = "scripts", MountPath = $"{Work}/scripts", ReadOnlyProperty = true },
                    new V1VolumeMount { Name = "ca", MountPath = CaFolder, ReadOnlyProperty = true },
                    new V1VolumeMount { Name = "tmp", MountPath = "/tmp" },
                ],
            },
        ],
        Volumes =
        [
            new V1Volume { Name = "work", EmptyDir = new V1EmptyDirVolumeSource() },
            new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource() },
            new V1Volume { Name = "scripts", ConfigMap = new V1ConfigMapVolumeSource { Name = Name } },

            // Its key stays where it is.
            new V1Volume { Name = "ca", Secret = new V1SecretVolumeSource { SecretName = $"{Cluster}-ca", Items = [new V1KeyToPath { Key = "ca.crt", Path = "ca.crt" }] } },
        ],
    };

    private V1PodAntiAffinity Apart()
    {
        var fromPrimary = Term(new Dictionary<string, string> { [DatabaseCluster.NameLabel] = Cluster, [DatabaseCluster.RoleLabel] = "primary" });
        var fromEachOther = Term(new Dictionary<string, string> { [Label] = Name });
        return new V1PodAntiAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution = MustLeavePrimary ? [fromPrimary] : null,
            PreferredDuringSchedulingIgnoredDuringExecution =
            [
                new V1WeightedPodAffinityTerm { Weight = 100, PodAffinityTerm = fromPrimary },
                new V1WeightedPodAffinityTerm { Weight = 50, PodAffinityTerm = fromEachOther },
            ],
        };
    }

    private static V1PodAffinityTerm Term(Dictionary<string, string> labels) => new() { TopologyKey = Host, LabelSelector = new V1LabelSelector { MatchLabels = labels } };
}
