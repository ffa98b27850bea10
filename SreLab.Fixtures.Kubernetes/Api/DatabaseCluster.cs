using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>As much of CloudNativePG's <c>Cluster</c> as the suite reads.</summary>
public sealed class DatabaseCluster : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>API group.</summary>
    public const string Group = "postgresql.cnpg.io";

    /// <summary>API version.</summary>
    public const string Version = "v1";

    /// <summary>Name in paths.</summary>
    public const string Plural = "clusters";

    /// <summary>Label by which the operator marks every object of a cluster.</summary>
    public const string NameLabel = "cnpg.io/cluster";

    /// <summary>Label of an instance's pod: <c>primary</c> or <c>replica</c>. Services follow it.</summary>
    public const string RoleLabel = "cnpg.io/instanceRole";

    /// <summary>Label of an instance's pod: its name.</summary>
    public const string InstanceLabel = "cnpg.io/instanceName";

    /// <summary>Container in which PostgreSQL runs.</summary>
    public const string Container = "postgres";

    /// <summary>What <c>targetPrimary</c> is while nobody may be promoted yet.</summary>
    public const string Pending = "pending";

    /// <inheritdoc />
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What was asked for.</summary>
    [JsonPropertyName("spec")]
    public DatabaseClusterSpec Spec { get; set; } = new();

    /// <summary>What is.</summary>
    [JsonPropertyName("status")]
    public DatabaseClusterStatus Status { get; set; } = new();
}

/// <summary>What was asked for.</summary>
public sealed class DatabaseClusterSpec
{
    /// <summary>How many instances.</summary>
    [JsonPropertyName("instances")]
    public int Instances { get; set; }

    /// <summary>Where the data is.</summary>
    [JsonPropertyName("storage")]
    public DatabaseClusterStorage? Storage { get; set; }

    /// <summary>Where the write-ahead log is; null for beside the data.</summary>
    [JsonPropertyName("walStorage")]
    public DatabaseClusterStorage? WalStorage { get; set; }

    /// <summary>The image that was asked for.</summary>
    [JsonPropertyName("imageName")]
    public string? ImageName { get; set; }

    /// <summary>Backups; null where there are none.</summary>
    [JsonPropertyName("backup")]
    public DatabaseClusterBackup? Backup { get; set; }

    /// <summary>Environment of what runs beside PostgreSQL.</summary>
    [JsonPropertyName("env")]
    public IList<V1EnvVar>? Env { get; set; }

    /// <summary>What each instance asks for.</summary>
    [JsonPropertyName("resources")]
    public V1ResourceRequirements? Resources { get; set; }
}

/// <summary>Volumes that were asked for.</summary>
public sealed class DatabaseClusterStorage
{
    /// <summary>Class of the volumes; null for the cluster's default.</summary>
    [JsonPropertyName("storageClass")]
    public string? StorageClass { get; set; }

    /// <summary>How much each asks for.</summary>
    [JsonPropertyName("size")]
    public string? Size { get; set; }
}

/// <summary>What is. The phase is for people: it calls a cluster healthy whose writes wait for ever.</summary>
public sealed class DatabaseClusterStatus
{
    /// <summary>Instances that are there.</summary>
    [JsonPropertyName("instances")]
    public int Instances { get; set; }

    /// <summary>Instances that pass their probe.</summary>
    [JsonPropertyName("readyInstances")]
    public int ReadyInstances { get; set; }

    /// <summary>Their names, which are those of the pods.</summary>
    [JsonPropertyName("instanceNames")]
    public IList<string> InstanceNames { get; set; } = [];

    /// <summary>Who is primary.</summary>
    [JsonPropertyName("currentPrimary")]
    public string? CurrentPrimary { get; set; }

    /// <summary>Who is to be; <c>pending</c> while a failover waits.</summary>
    [JsonPropertyName("targetPrimary")]
    public string? TargetPrimary { get; set; }

    /// <summary>The operator's word.</summary>
    [JsonPropertyName("phase")]
    public string? Phase { get; set; }

    /// <summary>The image that runs.</summary>
    [JsonPropertyName("image")]
    public string? Image { get; set; }
}
