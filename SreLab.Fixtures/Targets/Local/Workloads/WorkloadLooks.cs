using System.Net.Sockets;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>Looks at the sample workloads from outside: who listens, who is ready, who gets requests.</summary>
internal sealed class WorkloadLooks(LocalLab lab) : IDisposable
{
    private const int LogLines = 5;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Waits until all listen, and those without a defect are ready and in the load balancer's rotation.</summary>
    public async Task WaitUntilUpAsync(IReadOnlyList<WorkloadInstance> instances, IReadOnlyList<string> healthy, CancellationToken ct)
    {
        await WaitUntilListeningAsync(instances, ct);
        await Wait.UntilAsync(
            Bounds.WorkloadsUp,
            $"{string.Join(", ", healthy)} to be ready, and in rotation behind the load balancer",
            async token =>
            {
                var rotation = await InRotationAsync(token);
                foreach (var instance in instances.Where(i => healthy.Contains(i.Name)))
                {
                    if (instance.Name != ProgramNames.Provider && rotation?.Contains(instance.Name) is not true)
                    {
                        return (null, $"{instance.Name} is not in rotation; {await ReadinessAsync(instance, token)}{Log(instance)}");
                    }

                    if (await ReadinessAsync(instance, token) is not "200" and var answer)
                    {
                        return (null, $"readiness of {instance.Name}: {answer}{Log(instance)}");
                    }
                }

                return ("up", "");
            },
            PollInterval,
            ct);
    }

    /// <summary>Waits until service and sidecar of each instance take connections.</summary>
    public Task<string> WaitUntilListeningAsync(IReadOnlyList<WorkloadInstance> instances, CancellationToken ct) => Wait.UntilAsync(
        Bounds.WorkloadsUp,
        $"{string.Join(", ", instances.Select(i => i.Name))} to listen",
        async token =>
        {
            foreach (var instance in instances)
            {
                foreach (var address in (Uri[])[instance.Service, instance.Proxy])
                {
                    if (!await ListensAsync(address, token))
                    {
                        return (null, $"{instance.Name} does not listen on {address.Authority}{Log(instance)}");
                    }
                }
            }

            return ("listening", "");
        },
        PollInterval,
        ct);

    /// <summary>Names of the instances that the load balancer sends requests to; null when it does not answer.</summary>
    public async Task<IReadOnlyList<string>?> InRotationAsync(CancellationToken ct)
    {
        try
        {
            // Columns 1, 2 and 18: proxy, server, status.
            var table = await _http.GetStringAsync(LabNetwork.Url(lab.Network.Edge, LabNetwork.BalancerStatus, ";csv"), ct);
            return
            [
                .. table.Split('\n').Select(line => line.Split(','))
                    .Where(c => c.Length > 17 && c[0] == BalancerConfiguration.Backend && lab.Network.Workloads.ContainsKey(c[1]) && c[17].StartsWith("UP", StringComparison.Ordinal))
                    .Select(c => c[1]),
            ];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<string> ReadinessAsync(WorkloadInstance instance, CancellationToken ct)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(instance.Proxy, "readiness"), ct);
            return response.IsSuccessStatusCode ? "200" : $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    private static async Task<bool> ListensAsync(Uri address, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The last lines of both logs: why something does not come up stands there.</summary>
    private string Log(WorkloadInstance instance) => string.Concat(((string[])[ProgramNames.Service(instance.Name), ProgramNames.Sidecar(instance.Name)])
        .Select(lab.Home.Log)
        .Where(File.Exists)
        .Select(log => $"\n  {log}\n{string.Concat(File.ReadLines(log).TakeLast(LogLines).Select(line => $"    {line}\n"))}".TrimEnd('\n')));
}
