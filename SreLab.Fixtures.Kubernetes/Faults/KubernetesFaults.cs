using System.Globalization;
using k8s;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Breaks instances through the API server: only pods that carry the cluster's own label are touched.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
/// <param name="clusters">The cluster as the operator sees it.</param>
/// <param name="nodes">Nodes of the lab's own; null where there are none.</param>
internal sealed class KubernetesFaults(IKubernetes client, string space, ObjectWatch<DatabaseCluster> clusters, INodeControl? nodes) : ILabFaults
{
    // Signals the process whose pid the server's own file holds, after a look that it is PostgreSQL.
    private const string KillPostmaster =
        """
        pid=$(head -n 1 "$PGDATA/postmaster.pid") && name=$(cat "/proc/$pid/comm") || exit 3
        [ "$name" = postgres ] || { echo "pid $pid is $name" >&2; exit 4; }
        kill -9 "$pid" && echo "$pid"
        """;

    // The kernel keeps SIGKILL from a container's first process when it comes from inside; SIGQUIT ends the instance manager, a Go program, at once
    // and without a word to PostgreSQL, which the kernel then kills.
    private const string CrashContainer = "kill -QUIT 1";

    /// <summary>Cuts and mends the network of a member.</summary>
    public NetworkCut Network { get; } = new(client, space);

    /// <summary>Drains and loses nodes.</summary>
    public NodeFaults Nodes { get; } = new(client, space, nodes);

    /// <inheritdoc />
    public async Task<string> KillPostmasterAsync(Member member, CancellationToken ct)
    {
        var ended = await PodExec.RunAsync(client, space, member.Name, DatabaseCluster.Container, ["sh", "-c", KillPostmaster], ct);
        return ended.ExitCode == 0
            ? $"SIGKILL to postgres pid {ended.Output.Trim()} in {space}/{member.Name}"
            : throw new LabException(
                $"fault refused: {member.Name} has no running postmaster to kill ({ended.Error.Trim()}).\n  look         kubectl --namespace {space} get pods");
    }

    /// <summary>Ends a container's first process, and all others with it; the kubelet starts the container again in place.</summary>
    /// <returns>What was signalled, for the evidence.</returns>
    public async Task<string> CrashContainerAsync(Member member, CancellationToken ct)
    {
        var restarts = await RestartsAsync(member, ct);
        try
        {
            await PodExec.RunAsync(client, space, member.Name, DatabaseCluster.Container, ["sh", "-c", CrashContainer], ct);
        }
        catch (LabException)
        {
            // The command dies with its container; whether the container did is seen by its restarts.
        }

        return string.Create(CultureInfo.InvariantCulture, $"SIGQUIT to the first process of {space}/{member.Name} after {restarts} restarts");
    }

    /// <inheritdoc />
    /// <remarks>The pod is deleted without grace. The operator makes it again by itself, with the same volumes.</remarks>
    public async Task<string> KillMemberAsync(Member member, CancellationToken ct)
    {
        try
        {
            var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
            if (pod.Metadata.Labels is null || !pod.Metadata.Labels.ContainsKey(DatabaseCluster.NameLabel))
            {
                throw new LabException($"fault refused: {space}/{member.Name} is no instance of a CloudNativePG cluster.\n  look         kubectl --namespace {space} get pods --show-labels");
            }

            await client.CoreV1.DeleteNamespacedPodAsync(
                member.Name,
                space,
                new k8s.Models.V1DeleteOptions { GracePeriodSeconds = 0, Preconditions = new k8s.Models.V1Preconditions { Uid = pod.Metadata.Uid } },
                cancellationToken: ct);
            return $"deleted pod {space}/{member.Name} on {pod.Spec.NodeName} with grace 0";
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"fault refused: {space}/{member.Name} could not be deleted", e);
        }
    }

    /// <inheritdoc />
    /// <remarks>Nothing is to be started: the operator does it.</remarks>
    public Task StartMemberAsync(Member member, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Changes how many instances the cluster has.</summary>
    public async Task ResizeAsync(string cluster, int instances, CancellationToken ct)
    {
        try
        {
            await client.CustomObjects.PatchNamespacedCustomObjectAsync(
                new k8s.Models.V1Patch(new { spec = new { instances } }, k8s.Models.V1Patch.PatchType.MergePatch),
                DatabaseCluster.Group,
                DatabaseCluster.Version,
                space,
                DatabaseCluster.Plural,
                cluster,
                cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"{space}/{cluster} could not be resized to {instances} instances", e);
        }

        await clusters.WaitAsync(
            Bounds.ClusterReady,
            $"{instances} ready instances of {cluster}",
            all => all.FirstOrDefault(c => c.Metadata.Name == cluster)?.Status is { } status
                ? (status.Instances == instances && status.ReadyInstances == instances ? status : null, $"{status.ReadyInstances} of {status.Instances} ready")
                : (null, "no such cluster"),
            ct);
    }

    /// <inheritdoc />
    public Task<string> KillProgramAsync(Member member, MemberProgram program, CancellationToken ct) => throw Refusal(KubernetesLimits.Monitoring);

    /// <inheritdoc />
    public string? WhyNoVolume => KubernetesLimits.Monitoring;

    /// <inheritdoc />
    public Task<string> MakeVolumeAsync(long bytes, CancellationToken ct) => throw Refusal(KubernetesLimits.Monitoring);

    /// <inheritdoc />
    public Task RemoveVolumeAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public Task RebuildMemberAsync(Member member, CancellationToken ct) => throw Refusal("the operator rebuilds an instance by itself; kubectl cnpg destroy does it by hand");

    /// <inheritdoc />
    public Task<double?> LeaseLeftSecondsAsync(CancellationToken ct) => Task.FromResult<double?>(null);

    private async Task<int> RestartsAsync(Member member, CancellationToken ct)
    {
        var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
        return pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == DatabaseCluster.Container)?.RestartCount ?? 0;
    }

    private static LabException Refusal(string reason) => new($"fault refused on Kubernetes: {reason}");
}
