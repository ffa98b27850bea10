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
/// <param name="platform">Breaks the platform under it.</param>
internal sealed class KubernetesFaults(IKubernetes client, string space, ObjectWatch<DatabaseCluster> clusters, ILabPlatformFaults platform) : ILabFaults
{
    // Signals the process whose pid the server's own file holds, after a look that it is PostgreSQL.
    private const string KillPostmaster =
        """
        pid=$(head -n 1 "$PGDATA/postmaster.pid") && name=$(cat "/proc/$pid/comm") || exit 3
        [ "$name" = postgres ] || { echo "pid $pid is $name" >&2; exit 4; }
        kill -9 "$pid" && echo "$pid"
        """;

    /// <inheritdoc />
    public ILabPlatformFaults? Platform { get; } = platform;

    /// <inheritdoc />
    public ILabOperations? Operations { get; } = new ClusterOperations(client, space, clusters);

    /// <inheritdoc />
    public async Task<string> KillPostmasterAsync(Member member, CancellationToken ct)
    {
        var ended = await PodExec.RunAsync(client, space, member.Name, DatabaseCluster.Container, ["sh", "-c", KillPostmaster], ct);
        return ended.ExitCode == 0
            ? $"SIGKILL to postgres pid {ended.Output.Trim()} in {space}/{member.Name}"
            : throw new LabException(
                $"fault refused: {member.Name} has no running postmaster to kill ({ended.Error.Trim()}).\n  look         kubectl --namespace {space} get pods");
    }

    /// <inheritdoc />
    /// <remarks>The pod is deleted without grace. The operator makes it again by itself, with the same volumes.</remarks>
    public async Task<string> KillMemberAsync(Member member, CancellationToken ct)
    {
        try
        {
            var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
            Instances.Require(pod, space);
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

    private static LabException Refusal(string reason) => new($"fault refused on Kubernetes: {reason}");
}
