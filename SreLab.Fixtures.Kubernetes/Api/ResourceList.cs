using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>Custom resources of a namespace, as the API server lists them.</summary>
/// <typeparam name="T">Which.</typeparam>
public sealed class ResourceList<T> : IKubernetesObject<V1ListMeta>, IItems<T>
{
    /// <inheritdoc />
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    /// <inheritdoc />
    [JsonPropertyName("metadata")]
    public V1ListMeta Metadata { get; set; } = new();

    /// <inheritdoc />
    [JsonPropertyName("items")]
    public IList<T> Items { get; set; } = [];
}
