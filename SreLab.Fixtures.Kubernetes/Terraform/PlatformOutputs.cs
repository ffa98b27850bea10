using System.Text.Json;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Terraform;

/// <summary>What the environments k3s and existing tell.</summary>
internal sealed record PlatformOutputs
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Full names of the namespaces, by what they are for.</summary>
    public required IReadOnlyDictionary<string, string> Namespaces { get; init; }

    /// <summary>How the database is found.</summary>
    public required PlatformDatabase Database { get; init; }

    /// <summary>Class of the database's volumes.</summary>
    public required string StorageClass { get; init; }

    /// <summary>Reads the answer of <c>terraform output -json</c>.</summary>
    /// <exception cref="LabException">It is none, or one is missing.</exception>
    public static PlatformOutputs Parse(string json)
    {
        try
        {
            // Each output is an object with sensitive, type and value.
            var values = JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetProperty("value"));
            return JsonSerializer.Deserialize<PlatformOutputs>(JsonSerializer.Serialize(values), Options)!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LabException($"terraform's outputs make no sense: {e.Message.Split('\n')[0]}\n  fix          make up (applies the environment of this release)", e);
        }
    }
}

/// <summary>How the database is found.</summary>
internal sealed record PlatformDatabase
{
    /// <summary>Name of the <c>Cluster</c>.</summary>
    public required string Cluster { get; init; }

    /// <summary>Services with an address outside: rw and ro.</summary>
    public required IReadOnlyDictionary<string, string> LoadBalancers { get; init; }

    /// <summary>Names of secrets by role.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>Where backups are; null where they are off, or not known to the release that was applied.</summary>
    public PlatformBackups? Backups { get; init; }
}

/// <summary>Where backups are.</summary>
/// <param name="Service">Service of the store.</param>
/// <param name="Port">Its port.</param>
/// <param name="Bucket">Bucket in it.</param>
/// <param name="Secret">Secret with its keys.</param>
internal sealed record PlatformBackups(string Service, int Port, string Bucket, string Secret);
