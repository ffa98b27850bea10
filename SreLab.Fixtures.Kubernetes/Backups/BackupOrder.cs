using System.Diagnostics;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Orders a backup of the operator, and follows it to its end.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
/// <param name="cluster">Name of the <c>Cluster</c>.</param>
/// <param name="prefix">Which lab.</param>
internal sealed class BackupOrder(IKubernetes client, string space, string cluster, string prefix)
{
    /// <summary>How long one may take.</summary>
    public Bound Longest { get; init; } = Bounds.BackupTaken;

    /// <summary>Takes one.</summary>
    /// <returns>The order as it ended, and how long it took.</returns>
    /// <exception cref="LabException">It failed, with the operator's words, or did not end.</exception>
    public async Task<(BackupResource Ended, TimeSpan Elapsed)> TakeAsync(IProgressLog progress, CancellationToken ct)
    {
        await using var backups = new ObjectWatch<BackupResource>(ObjectSources.Backups(client, space));
        await backups.ListedAsync(ct);
        var name = FormattableString.Invariant($"{cluster}-{DateTimeOffset.UtcNow:yyyyMMddHHmmssfff}");
        var clock = Stopwatch.StartNew();
        await CreateAsync(name, ct);
        var told = "";
        var ended = await backups.WaitAsync(
            Longest,
            $"backup {space}/{name}",
            all =>
            {
                if (all.FirstOrDefault(b => b.Metadata.Name == name) is not { } backup)
                {
                    return (null, "not there");
                }

                var phase = backup.Status.Phase ?? "no phase yet";
                if (phase != told)
                {
                    told = phase;
                    progress.Say($"backup {name}: {phase}");
                }

                return (phase == BackupResource.Completed || BackupResource.Failures.Contains(phase) ? backup : null, Words(backup));
            },
            ct);
        return ended.Status.Phase == BackupResource.Completed
            ? (ended, clock.Elapsed)
            : throw new LabException(
                $"the backup {name} failed: {Words(ended)}.\n" +
                $"  look at      kubectl --namespace {space} describe backup {name}; kubectl --namespace {space} logs {ended.Status.Instance?.PodName ?? cluster + "-1"}\n" +
                "  earlier      backups stay as they were: make backups");
    }

    private async Task CreateAsync(string name, CancellationToken ct)
    {
        try
        {
            await client.CustomObjects.CreateNamespacedCustomObjectAsync(
                new
                {
                    apiVersion = $"{DatabaseCluster.Group}/{DatabaseCluster.Version}",
                    kind = BackupResource.KindName,
                    metadata = new { name, labels = new Dictionary<string, string> { [KubernetesTargets.LabLabel] = prefix } },
                    spec = new { cluster = new { name = cluster }, method = "barmanObjectStore", target = "prefer-standby" },
                },
                DatabaseCluster.Group,
                DatabaseCluster.Version,
                space,
                BackupResource.Plural,
                cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"backup {space}/{name} could not be ordered; nothing was touched", e);
        }
    }

    // Barman's own words are the last of what it said; the operator repeats them, or has some of its own.
    private static string Words(BackupResource backup)
    {
        string[] parts =
        [
            backup.Status.Phase ?? "no phase yet",
            backup.Status.Error?.Trim() ?? "",
            backup.Status.CommandError?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "",
        ];
        return string.Join(": ", parts.Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)).TrimEnd('.');
    }
}
