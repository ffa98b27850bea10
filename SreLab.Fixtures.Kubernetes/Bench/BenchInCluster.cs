using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Inspection;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Bench;

/// <summary>Runs a pass of the benchmark in pods of the cluster: jobs that begin together, on other nodes than the primary's, whose logs come back as if pgbench had run here.</summary>
/// <param name="parts">Where the lab is.</param>
internal sealed class BenchInCluster(LabParts parts)
{
    private const int LeastNodesToLeavePrimary = 2;
    private const int Port = 5432;
    private const long LongestSeconds = 7200;
    private const string ScriptsFolder = "scripts";

    private string Space => parts.Spaces.Database;

    /// <summary>Runs it to its end; what was made is removed in every case.</summary>
    /// <exception cref="LabException">The pods do not run, or what they left cannot be fetched.</exception>
    public async Task<ProgramResult> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string workingDirectory, Action<string>? onOutputLine, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var shares = BenchShares.Of(arguments, parts.Settings.Kubernetes.BenchPods);
        var image = parts.Clusters.Find(parts.Cluster)?.Status.Image ?? throw new LabException($"the cluster {parts.Cluster} does not say which image it runs");
        var job = new BenchJob($"srelab-bench-{RandomNumberGenerator.GetHexString(6, lowercase: true)}", parts.Cluster, image, await CanLeavePrimaryAsync(ct), LongestSeconds);
        try
        {
            await RemoveAsync(BenchJob.Label, ct);
            await parts.Client.CoreV1.CreateNamespacedConfigMapAsync(job.Scripts(ReadScripts(workingDirectory)), Space, cancellationToken: ct);
            var (secret, inCluster) = LoginOf(environment);
            foreach (var share in shares)
            {
                await parts.Client.BatchV1.CreateNamespacedJobAsync(job.Of(share, secret, inCluster), Space, cancellationToken: ct);
            }

            var pods = await RunningAsync(job, shares, ct);
            await Task.WhenAll(pods.Select(p => p.BeginAsync(ct)));
            var progress = new BenchProgress(pods.Count, onOutputLine);
            var ended = await Task.WhenAll(pods.Select(p => p.FollowAsync(progress, ct)));
            var folder = Path.Combine(workingDirectory, BenchShares.LogFolder(arguments));
            await Task.WhenAll(pods.Select(p => p.FetchLogsAsync(folder, ct)));
            return new ProgramResult(ended.Max(e => e.ExitCode), BenchMerge.Output(ended), BenchMerge.Error(ended), clock.Elapsed);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"the benchmark's pods in {Space} could not be run", e);
        }
        finally
        {
            await RemoveAsync($"{BenchJob.Label}={job.Name}", CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<BenchPod>> RunningAsync(BenchJob job, IReadOnlyList<BenchShare> shares, CancellationToken ct)
    {
        await using var watch = new ObjectWatch<V1Pod>(ObjectSources.Pods(parts.Client, Space, $"{BenchJob.Label}={job.Name}"));
        var running = await watch.WaitAsync(
            Bounds.BenchPodsRun,
            $"{shares.Count} pods of {job.Name} to run",
            all => all.Count(p => p.Status?.Phase == "Running") == shares.Count
                ? (all, "")
                : (null, string.Join("; ", all.Where(p => p.Status?.Phase != "Running").Select(p => $"{p.Metadata.Name}: {PodState.Describe(p)}"))),
            ct);
        return
        [
            .. shares.Select(s => running.First(p => p.Metadata.Name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{job.Name}-{s.Index}-"), StringComparison.Ordinal)) is { } pod
                ? new BenchPod(parts.Client, Space, pod.Metadata.Name, pod.Spec.NodeName ?? "", s)
                : throw new LabException($"{job.Name} has no pod of part {s.Index}")),
        ];
    }

    private async Task<bool> CanLeavePrimaryAsync(CancellationToken ct) =>
        (await parts.Client.CoreV1.ListNodeAsync(cancellationToken: ct)).Items.Count(PlacementLook.IsUsable) >= LeastNodesToLeavePrimary;

    /// <summary>The same login from within: the service's own name, which the certificate has, and the password from where the cluster keeps it.</summary>
    private (string Secret, IReadOnlyDictionary<string, string> Environment) LoginOf(IReadOnlyDictionary<string, string> environment)
    {
        var isReadOnly = environment["PGHOST"] == parts.ReadOnly.Host && environment["PGPORT"] == parts.ReadOnly.Port.ToString(CultureInfo.InvariantCulture);
        var isAdmin = environment["PGUSER"] == parts.Logins.Passwords[DatabaseUser.Admin].Name;
        return (
            $"{parts.Cluster}-{(isAdmin ? "superuser" : "app")}",
            new Dictionary<string, string>(environment.Where(v => v.Key is not ("PGPASSWORD" or "PGSSLROOTCERT")))
            {
                ["PGHOST"] = $"{parts.Cluster}-{(isReadOnly ? "ro" : "rw")}",
                ["PGPORT"] = Port.ToString(CultureInfo.InvariantCulture),
                ["PGSSLMODE"] = "verify-full",
            });
    }

    private static Dictionary<string, string> ReadScripts(string workingDirectory) =>
        Directory.EnumerateFiles(Path.Combine(workingDirectory, ScriptsFolder), "*.sql").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    /// <summary>Removes jobs with their pods, and scripts; nothing without the suite's own label.</summary>
    private async Task RemoveAsync(string labels, CancellationToken ct)
    {
        await parts.Client.BatchV1.DeleteCollectionNamespacedJobAsync(Space, new V1DeleteOptions { PropagationPolicy = "Background" }, labelSelector: labels, cancellationToken: ct);
        await parts.Client.CoreV1.DeleteCollectionNamespacedConfigMapAsync(Space, labelSelector: labels, cancellationToken: ct);
    }
}
