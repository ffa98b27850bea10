using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>As much of CloudNativePG's <c>Backup</c> as the suite reads: one backup that was ordered.</summary>
public sealed class BackupResource : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Name of the kind.</summary>
    public const string KindName = "Backup";

    /// <summary>Name in paths.</summary>
    public const string Plural = "backups";

    /// <summary>It is in the store.</summary>
    public const string Completed = "completed";

    /// <summary>Phases after which nothing comes any more, and no backup was taken.</summary>
    public static IReadOnlyList<string> Failures { get; } = ["failed", "invalid backup definition"];

    /// <inheritdoc />
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What came of it.</summary>
    [JsonPropertyName("status")]
    public BackupResourceStatus Status { get; set; } = new();
}

/// <summary>What came of a backup.</summary>
public sealed class BackupResourceStatus
{
    /// <summary>The operator's word: pending, started, running, completed, failed and others.</summary>
    [JsonPropertyName("phase")]
    public string? Phase { get; set; }

    /// <summary>Its name in the store.</summary>
    [JsonPropertyName("backupId")]
    public string? BackupId { get; set; }

    /// <summary>Why it failed.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; set; }

    /// <summary>What Barman said when it failed.</summary>
    [JsonPropertyName("commandError")]
    public string? CommandError { get; set; }

    /// <summary>From which instance it was copied.</summary>
    [JsonPropertyName("instanceID")]
    public BackupResourceInstance? Instance { get; set; }
}

/// <summary>From where a backup was copied.</summary>
public sealed class BackupResourceInstance
{
    /// <summary>Name of the pod.</summary>
    [JsonPropertyName("podName")]
    public string? PodName { get; set; }
}
