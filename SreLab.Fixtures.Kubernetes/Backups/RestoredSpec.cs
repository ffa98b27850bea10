using System.Globalization;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>A <c>Cluster</c> that the operator makes from the lab's backups: one instance beside the lab, with the lab's logins, that archives nothing.</summary>
internal static class RestoredSpec
{
    private const string Origin = "lab";
    private const string Database = "shop";
    private const string Owner = "app";
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Name of the <c>Cluster</c> that a request makes: that of no lab.</summary>
    public static string NameOf(string request) => $"restored-{request}";

    /// <summary>The object.</summary>
    /// <param name="lab">The database that was backed up.</param>
    /// <param name="prefix">Which lab.</param>
    /// <param name="request">What to which moment.</param>
    /// <param name="backup">From which backup: the operator would look for one on the last timeline alone.</param>
    /// <param name="timeline">Along which timeline: the newest may be one that leads nowhere.</param>
    public static IReadOnlyDictionary<string, object> Of(DatabaseCluster lab, string prefix, RestoreRequest request, BackupSet backup, uint? timeline)
    {
        var labels = new Dictionary<string, string> { [KubernetesTargets.LabLabel] = prefix, [KubernetesTargets.RestoredLabel] = request.Name };
        var spec = new Dictionary<string, object>
        {
            ["instances"] = 1,
            ["imagePullPolicy"] = "IfNotPresent",
            ["enableSuperuserAccess"] = true,
            ["superuserSecret"] = new { name = $"{lab.Metadata.Name}-superuser" },
            ["inheritedMetadata"] = new { labels },
            ["enablePDB"] = false,
            ["smartShutdownTimeout"] = 0,
            ["stopDelay"] = 30,
            ["bootstrap"] = new
            {
                recovery = new { source = Origin, database = Database, owner = Owner, secret = new { name = $"{lab.Metadata.Name}-app" }, recoveryTarget = Target(request, backup, timeline) },
            },
            ["externalClusters"] = new[] { new { name = Origin, barmanObjectStore = Store(lab) } },
        };
        Add("imageName", lab.Spec.ImageName);
        Add("storage", lab.Spec.Storage);
        Add("walStorage", lab.Spec.WalStorage);
        Add("resources", lab.Spec.Resources);
        Add("env", lab.Spec.Env);
        return new Dictionary<string, object>
        {
            ["apiVersion"] = $"{DatabaseCluster.Group}/{DatabaseCluster.Version}",
            ["kind"] = "Cluster",
            ["metadata"] = new { name = NameOf(request.Name), labels },
            ["spec"] = spec,
        };

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                spec[name] = value;
            }
        }
    }

    private static Dictionary<string, string> Target(RestoreRequest request, BackupSet backup, uint? timeline)
    {
        var target = new Dictionary<string, string> { ["backupID"] = backup.Label };
        if (timeline is { } number)
        {
            target["targetTLI"] = number.ToString(CultureInfo.InvariantCulture);
        }

        if (request.ToUtc is { } to)
        {
            target["targetTime"] = to.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture);
        }

        return target;
    }

    private static object Store(DatabaseCluster lab)
    {
        var store = lab.Spec.Backup!.Store!;
        return new
        {
            destinationPath = store.DestinationPath,
            endpointURL = store.EndpointUrl,
            serverName = store.ServerName ?? lab.Metadata.Name,
            s3Credentials = store.Keys,
        };
    }
}
