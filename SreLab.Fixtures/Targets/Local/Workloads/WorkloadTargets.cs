using System.Globalization;
using System.Text.Json;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>Where Prometheus finds the metrics of the sample workloads.</summary>
internal static class WorkloadTargets
{
    /// <summary>The file for Prometheus' discovery: services, sidecars and the load balancer.</summary>
    /// <remarks>They belong to no member of the cluster; <c>workload</c> names the instance, <c>program</c> what runs there.</remarks>
    public static string Write(LabNetwork network) => JsonSerializer.Serialize(network.Workloads
        .SelectMany(w => new[]
        {
            Target(w.Value, LabNetwork.Service, "/metrics", w.Key, w.Key == ProgramNames.Provider ? "payment-provider" : "invoice-app"),
            Target(w.Value, LabNetwork.Sidecar, "/_proxy/metrics", w.Key, "edge-proxy"),
        })
        .Append(Target(network.Edge, LabNetwork.BalancerStatus, "/metrics", "balancer", "haproxy")));

    private static object Target(string host, int port, string path, string workload, string program) => new
    {
        targets = new[] { string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") },
        labels = new Dictionary<string, string>
        {
            ["__metrics_path__"] = path,
            ["cluster"] = Names.Scope,
            ["member"] = MonitoringConfiguration.EdgeMember,
            ["workload"] = workload,
            ["program"] = program,
        },
    };
}
