using System.Net;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>Ends an instance's container, and asks from within one.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Namespace of the database.</param>
internal sealed class ContainerFaults(IKubernetes client, string space)
{
    // The kernel keeps SIGKILL from a container's first process when it comes from inside; SIGQUIT ends the instance manager, a Go program, at once
    // and without a word to PostgreSQL, which the kernel then kills.
    private const string Crash = "kill -QUIT 1";
    private const int Port = 5432;

    // As timeout(1) ends; what is refused at once is closed as well.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Ends a container's first process, and all others with it; the kubelet starts the container again in place.</summary>
    /// <returns>What was signalled, for the evidence.</returns>
    public async Task<string> KillAsync(Member member, CancellationToken ct)
    {
        var pod = await ReadAsync(member, ct) ?? throw new LabException($"fault refused: there is no pod {space}/{member.Name}.\n  look         kubectl --namespace {space} get pods");
        Instances.Require(pod, space);
        try
        {
            await PodExec.RunAsync(client, space, member.Name, DatabaseCluster.Container, ["sh", "-c", Crash], ct);
        }
        catch (LabException) when (!ct.IsCancellationRequested)
        {
            // The command dies with its container. Whether the container did is seen from outside: the fault is refused when it did not.
        }

        return FormattableString.Invariant($"SIGQUIT to the first process of {space}/{member.Name} after {StatusOf(pod)?.RestartCount ?? 0} restarts");
    }

    /// <summary>How an instance's container lives.</summary>
    public async Task<ContainerLife> LifeAsync(Member member, CancellationToken ct) => LifeOf(await ReadAsync(member, ct), DateTimeOffset.UtcNow);

    /// <summary>Whether a connection from one instance's pod to another's is made.</summary>
    /// <exception cref="LabException">It could not be tried: that proves nothing.</exception>
    public async Task<bool> PassesAsync(Member from, Member to, CancellationToken ct)
    {
        var pod = await ReadAsync(to, ct);
        if (!IPAddress.TryParse(pod?.Status?.PodIP, out var address))
        {
            throw new LabException($"{space}/{to.Name} has no address that could be called.\n  look         kubectl --namespace {space} get pods -o wide");
        }

        var call = FormattableString.Invariant($"timeout 2 bash -c 'exec 3<>/dev/tcp/{address}/{Port}' 2>/dev/null && echo passed || echo stopped");
        var ended = await PodExec.RunAsync(client, space, from.Name, DatabaseCluster.Container, ["bash", "-c", call], ct, Longest);
        return ended.Output.Trim() switch
        {
            "passed" => true,
            "stopped" => false,
            _ => throw new LabException($"nobody knows whether {from.Name} reaches {to.Name}: {ended.Error.Trim()}\n  look         kubectl --namespace {space} get pods"),
        };
    }

    /// <summary>The life that a pod tells.</summary>
    internal static ContainerLife LifeOf(V1Pod? pod, DateTimeOffset now)
    {
        if (StatusOf(pod) is not { } status)
        {
            return new ContainerLife("", null, pod is null ? "no pod" : $"pod {pod.Status?.Phase ?? "not begun"}");
        }

        var ended = status.State?.Terminated?.FinishedAt ?? status.LastState?.Terminated?.FinishedAt;
        return new ContainerLife(
            status.State?.Running is null ? "" : status.ContainerID ?? "",
            ended is { } at ? now - new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null,
            status.State switch
            {
                { Running: not null } => FormattableString.Invariant($"runs after {status.RestartCount} restarts"),
                { Terminated: { } end } => FormattableString.Invariant($"ended with {end.ExitCode} after {status.RestartCount} restarts"),
                { Waiting: { } waiting } => FormattableString.Invariant($"waits after {status.RestartCount} restarts: {waiting.Reason}"),
                _ => "no state yet",
            });
    }

    private static V1ContainerStatus? StatusOf(V1Pod? pod) => pod?.Status?.ContainerStatuses?.FirstOrDefault(c => c.Name == DatabaseCluster.Container);

    private async Task<V1Pod?> ReadAsync(Member member, CancellationToken ct)
    {
        try
        {
            return await client.CoreV1.ReadNamespacedPodAsync(member.Name, space, cancellationToken: ct);
        }
        catch (Exception e) when (ApiErrors.IsNotFound(e))
        {
            return null;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"pod {space}/{member.Name} could not be read", e);
        }
    }
}
