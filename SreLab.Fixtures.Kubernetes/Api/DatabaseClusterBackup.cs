using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>What a <c>Cluster</c> says of its backups.</summary>
public sealed class DatabaseClusterBackup
{
    /// <summary>The store; null where backups go elsewhere.</summary>
    [JsonPropertyName("barmanObjectStore")]
    public DatabaseClusterStore? Store { get; set; }
}

/// <summary>A store of objects, as Barman uses it.</summary>
public sealed class DatabaseClusterStore
{
    /// <summary>Bucket and folder: <c>s3://backups/</c>.</summary>
    [JsonPropertyName("destinationPath")]
    public string DestinationPath { get; set; } = "";

    /// <summary>Where the store listens; null for Amazon's own.</summary>
    [JsonPropertyName("endpointURL")]
    public string? EndpointUrl { get; set; }

    /// <summary>Folder of this database; null for the cluster's name.</summary>
    [JsonPropertyName("serverName")]
    public string? ServerName { get; set; }

    /// <summary>Where its keys are; null where the pods have a role.</summary>
    [JsonPropertyName("s3Credentials")]
    public DatabaseClusterStoreKeys? Keys { get; set; }
}

/// <summary>Where the keys of a store are.</summary>
public sealed class DatabaseClusterStoreKeys
{
    /// <summary>Name of the user.</summary>
    [JsonPropertyName("accessKeyId")]
    public SecretKeyReference? AccessKeyId { get; set; }

    /// <summary>Its key.</summary>
    [JsonPropertyName("secretAccessKey")]
    public SecretKeyReference? SecretAccessKey { get; set; }
}

/// <summary>A value of a secret.</summary>
public sealed class SecretKeyReference
{
    /// <summary>Name of the secret.</summary>
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    /// <summary>Key in it.</summary>
    [JsonPropertyName("key")]
    public string Key { get; set; } = "";
}
