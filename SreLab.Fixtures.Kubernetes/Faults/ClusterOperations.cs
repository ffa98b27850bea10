using System.Globalization;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Orders planned work as the operator's own command line does: by the status of the <c>Cluster</c>, and by deleting a standby's pod.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
/// <param name="clusters">The cluster as the operator sees it.</param>
internal sealed class ClusterOperations(IKubernetes client, string space, ObjectWatch<DatabaseCluster> clusters) : ILabOperations
{
    // The operator's words: it acts on them.
    private const string SwitchoverPhase = "Switchover in progress";
    private const string RestartPhase = "Primary instance is being restarted in-place";

    // The third line of postmaster.pid is when the server was started.
    private const string StartedAt = "sed -n 3p \"$PGDATA/postmaster.pid\"";

    /// <inheritdoc />
    /// <remarks>Returns once it is ordered: who leads is told by the operator.</remarks>
    public async Task SwitchOverAsync(Member from, Member to, CancellationToken ct)
    {
        var cluster = Of(to);
        if (cluster.Status.CurrentPrimary != from.Name || cluster.Status.TargetPrimary != from.Name)
        {
            throw new LabException(
                $"switchover refused: the operator has {cluster.Status.CurrentPrimary} for primary and {cluster.Status.TargetPrimary} for target, not {from.Name}.\n  look         kubectl --namespace {space} get clusters");
        }

        await PatchStatusAsync(
            cluster,
            new Dictionary<string, object>
            {
                ["targetPrimary"] = to.Name,
                ["targetPrimaryTimestamp"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ["phase"] = SwitchoverPhase,
                ["phaseReason"] = $"Switching over to {to.Name}",
            },
            $"the role of {from.Name} could not be handed to {to.Name}",
            ct);
    }

    /// <inheritdoc />
    public async Task RestartAsync(Member member, CancellationToken ct)
    {
        var cluster = Of(member);
        if (cluster.Status.CurrentPrimary == member.Name)
        {
            var before = await StartOfAsync(member, ct);
            await PatchStatusAsync(cluster, new Dictionary<string, object> { ["phase"] = RestartPhase, ["phaseReason"] = "Requested by the user" }, $"{member.Name} could not be restarted", ct);
            await WaitAsync(member, async token => await StartOfAsync(member, token) is { Length: > 0 } now && now != before, ct);
            return;
        }

        var uid = await DeleteAsync(member, ct);
        await WaitAsync(
            member,
            async token =>
            {
                var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: token);
                return pod.Metadata.Uid != uid && pod.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == DatabaseCluster.Container)?.Ready == true;
            },
            ct);
    }

    private DatabaseCluster Of(Member member) =>
        clusters.Items.FirstOrDefault(c => c.Status.InstanceNames.Contains(member.Name))
        ?? throw new LabException($"refused: no cluster of {space} has an instance {member.Name}.\n  look         kubectl --namespace {space} get clusters");

    // Only if nobody changed it since it was seen: the operator may have begun a failover.
    private async Task PatchStatusAsync(DatabaseCluster cluster, Dictionary<string, object> status, string refusal, CancellationToken ct)
    {
        try
        {
            var now = await client.CustomObjects.GetNamespacedCustomObjectAsync<DatabaseCluster>(
                DatabaseCluster.Group, DatabaseCluster.Version, space, DatabaseCluster.Plural, cluster.Metadata.Name, ct);
            if (now.Status.CurrentPrimary != cluster.Status.CurrentPrimary || now.Status.TargetPrimary != cluster.Status.TargetPrimary)
            {
                throw new LabException($"{refusal}: the operator is changing the primary by itself.\n  look         kubectl --namespace {space} get clusters");
            }

            await client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(
                new V1Patch(new Dictionary<string, object> { ["metadata"] = new { resourceVersion = now.Metadata.ResourceVersion }, ["status"] = status }, V1Patch.PatchType.MergePatch),
                DatabaseCluster.Group,
                DatabaseCluster.Version,
                space,
                DatabaseCluster.Plural,
                cluster.Metadata.Name,
                cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal(refusal, e);
        }
    }

    private async Task<string> DeleteAsync(Member member, CancellationToken ct)
    {
        try
        {
            var pod = await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
            Instances.Require(pod, space);
            await client.CoreV1.DeleteNamespacedPodAsync(
                member.Name, space, new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Metadata.Uid } }, cancellationToken: ct);
            return pod.Metadata.Uid;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"{space}/{member.Name} could not be restarted", e);
        }
    }

    private async Task<string> StartOfAsync(Member member, CancellationToken ct) =>
        (await PodExec.RunAsync(client, space, member.Name, DatabaseCluster.Container, ["sh", "-c", StartedAt], ct)).Output.Trim();

    // Between two containers there is nothing to ask.
    private Task<string> WaitAsync(Member member, Func<CancellationToken, Task<bool>> isBack, CancellationToken ct) => Wait.UntilAsync(
        Bounds.InstanceRestarted,
        $"{space}/{member.Name} to be restarted",
        async token =>
        {
            try
            {
                return (await isBack(token) ? "restarted" : null, "not yet");
            }
            catch (Exception e) when (e is LabException || ApiErrors.IsOfApi(e, token))
            {
                return ((string?)null, e is LabException ? e.Message.Split('\n')[0] : ApiErrors.Text(e));
            }
        },
        TimeSpan.FromMilliseconds(250),
        ct);
}
