using System.Text;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Where a database's backups are, as its <c>Cluster</c> says.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Folder">Folder of the database in it, with a slash at its end.</param>
/// <param name="Service">Service of the store, in the database's namespace.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">Where the name of its user is.</param>
/// <param name="Key">Where its key is.</param>
internal sealed record StoreAddress(string Bucket, string Folder, string Service, int Port, SecretKeyReference User, SecretKeyReference Key)
{
    /// <summary>The store that a <c>Cluster</c> archives into.</summary>
    /// <param name="cluster">The <c>Cluster</c>.</param>
    /// <param name="space">Its namespace.</param>
    /// <returns>The store, or why there is none that could be read from here.</returns>
    public static (StoreAddress? Store, string Problem) Of(DatabaseCluster cluster, string space)
    {
        if (cluster.Spec.Backup?.Store is not { } store)
        {
            return (null, SreLab.Fixtures.Targets.Kubernetes.KubernetesLimits.Backups);
        }

        if (!Uri.TryCreate(store.DestinationPath, UriKind.Absolute, out var destination) || destination.Scheme != "s3" || store.Keys is not { AccessKeyId: { } user, SecretAccessKey: { } key })
        {
            return (null, $"its backups go to {store.DestinationPath} without keys that could be read; the suite reads a store that speaks S3 and has keys in a secret");
        }

        // NAME, or NAME.NAMESPACE, or NAME.NAMESPACE.svc and what follows.
        if (!Uri.TryCreate(store.EndpointUrl, UriKind.Absolute, out var endpoint) || endpoint.Host.Split('.') is not [var service, .. var rest] || (rest.Length > 0 && rest[0] != space))
        {
            return (null, $"its backups go to {store.EndpointUrl ?? "Amazon's store"}, which is no service of {space}; the suite reads a store in the database's own namespace");
        }

        var path = destination.AbsolutePath.Trim('/');
        return (new StoreAddress(destination.Host, $"{(path.Length == 0 ? "" : path + "/")}{store.ServerName ?? cluster.Metadata.Name}/", service, endpoint.Port, user, key), "");
    }

    /// <summary>Labels of the pods behind the service.</summary>
    /// <exception cref="LabException">There is no such service.</exception>
    public async Task<string> LabelsAsync(IKubernetes client, string space, CancellationToken ct)
    {
        try
        {
            var service = await client.CoreV1.ReadNamespacedServiceAsync(Service, space, cancellationToken: ct);
            return string.Join(',', service.Spec.Selector.Select(s => $"{s.Key}={s.Value}"));
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the store of the backups, service {space}/{Service}, cannot be found", e);
        }
    }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="LabException">They may not be read.</exception>
    public async Task<StoreSignature> ReadKeysAsync(IKubernetes client, string space, CancellationToken ct) =>
        new(await ReadAsync(client, space, User, ct), await ReadAsync(client, space, Key, ct));

    private static async Task<string> ReadAsync(IKubernetes client, string space, SecretKeyReference reference, CancellationToken ct)
    {
        try
        {
            var data = (await client.CoreV1.ReadNamespacedSecretAsync(reference.Name, space, cancellationToken: ct)).Data;
            return data.TryGetValue(reference.Key, out var value)
                ? Encoding.UTF8.GetString(value)
                : throw new LabException($"secret {space}/{reference.Name} has no {reference.Key}, which the Cluster names for its backups.\n  fix          make up (applies what is missing)");
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"secret {space}/{reference.Name}, the keys of the backups' store, could not be read", e);
        }
    }
}
