using System.Globalization;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What Prometheus scrapes, where its alerts go, and what the PostgreSQL exporter asks beyond its own queries.</summary>
internal static class MonitoringConfiguration
{
    /// <summary>Every scrape target that a whole lab has.</summary>
    public static IReadOnlyList<(string Job, string Instance)> Targets(LabNetwork network)
    {
        (string, string) Edge(string job, int port) => (job, string.Create(CultureInfo.InvariantCulture, $"{network.Edge}:{port}"));
        IEnumerable<(string, string)> Each(string job, int port) =>
            network.Members.Select(m => (job, string.Create(CultureInfo.InvariantCulture, $"{m.Host}:{port}")));

        return
        [
            .. Each("etcd", LabNetwork.EtcdClient),
            .. Each("patroni", LabNetwork.Patroni),
            .. Each("postgres", LabNetwork.Exporter),
            Edge("haproxy", LabNetwork.HaProxyStatus),
            Edge("node", LabNetwork.NodeExporter),
            Edge("prometheus", LabNetwork.PrometheusPort),
            Edge("alertmanager", LabNetwork.AlertmanagerPort),
        ];
    }

    /// <summary>Prometheus' file.</summary>
    public static string Prometheus(LabHome home, LabNetwork network)
    {
        var endpoint = Targets(network).Single(t => t.Job == "alertmanager").Instance;
        return Yaml.Write(new Dictionary<string, object?>
        {
            ["global"] = new Dictionary<string, object?>
            {
                ["scrape_interval"] = "1s",
                ["scrape_timeout"] = "1s",
                ["evaluation_interval"] = "1s",
            },
            ["rule_files"] = new[] { Path.Combine(home.Prometheus, "rules", "*.yml") },
            ["alerting"] = new Dictionary<string, object?>
            {
                ["alertmanagers"] = new object[]
                {
                    new Dictionary<string, object?> { ["static_configs"] = new object[] { Target(endpoint) } },
                },
            },
            ["scrape_configs"] = Targets(network).GroupBy(t => t.Job).Select(job => new Dictionary<string, object?>
            {
                ["job_name"] = job.Key,
                ["static_configs"] = job.Select(t => Labelled(network, t.Instance)).ToArray(),
            }).ToArray(),
        });
    }

    /// <summary>Alertmanager's file: alerts are kept and shown, and sent nowhere.</summary>
    public static string Alertmanager() => Yaml.Write(new Dictionary<string, object?>
    {
        ["route"] = new Dictionary<string, object?> { ["receiver"] = "none", ["group_wait"] = "0s", ["group_interval"] = "1s" },
        ["receivers"] = new object[] { new Dictionary<string, object?> { ["name"] = "none" } },
    });

    private static Dictionary<string, object?> Labelled(LabNetwork network, string instance)
    {
        var member = network.Members.FirstOrDefault(m => instance.StartsWith(m.Host + ":", StringComparison.Ordinal));
        return new Dictionary<string, object?>(Target(instance))
        {
            ["labels"] = new Dictionary<string, object?> { ["cluster"] = Names.Scope, ["member"] = member?.Name ?? "edge" },
        };
    }

    private static Dictionary<string, object?> Target(string instance) => new() { ["targets"] = new[] { instance } };
}
