using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What Prometheus scrapes, where its alerts go, and what the PostgreSQL exporter asks beyond its own queries.</summary>
internal static class MonitoringConfiguration
{
    /// <summary>The <c>member</c> label of what belongs to no member.</summary>
    public const string EdgeMember = "edge";

    /// <summary>The address that the shipped Alertmanager configuration has in the place of a receiver's.</summary>
    public const string ReceiverPlaceholder = "http://receiver.invalid/alerts";

    /// <summary>While nothing is broken on purpose: the longest intervals that the rules allow, whose rates are over 30 s.</summary>
    /// <remarks>Every program that is asked lives on the processors of the database: once a second, that was a fifth of two of them (ADR 0030).</remarks>
    public static ChainTerms Usual { get; } = new(10, 10, 0, 0.2);

    /// <summary>While faults and alerts are followed: as short as the programs allow, so that a lab of minutes shows what takes hours elsewhere.</summary>
    public static ChainTerms Close { get; } = new(1, 1, 0, 0.2);

    // The burn-rate windows of a run need it (ADR 0013). It costs nothing while no process of the suite runs.
    private const double SuiteSeconds = 1;

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
    /// <param name="home">The lab's folder.</param>
    /// <param name="network">The lab's addresses.</param>
    /// <param name="terms">How often it scrapes and evaluates.</param>
    public static string Prometheus(LabHome home, LabNetwork network, ChainTerms terms)
    {
        var endpoint = Targets(network).Single(t => t.Job == "alertmanager").Instance;
        return Yaml.Write(new Dictionary<string, object?>
        {
            ["global"] = new Dictionary<string, object?>
            {
                ["scrape_interval"] = Seconds(terms.ScrapeSeconds),
                ["scrape_timeout"] = Seconds(terms.ScrapeSeconds),
                ["evaluation_interval"] = Seconds(terms.EvaluationSeconds),
            },
            ["rule_files"] = new[] { home.Rules },
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
                ["metric_relabel_configs"] = job.Key == "node" ? OwnVolumeOnly(home) : [],
                ["params"] = ParametersOf(job.Key),
            }).Append(new Dictionary<string, object?>
            {
                // There while a process of the suite runs: it says so in this file.
                ["job_name"] = "suite",
                ["scrape_interval"] = Seconds(SuiteSeconds),
                ["scrape_timeout"] = Seconds(SuiteSeconds),
                ["file_sd_configs"] = FilesOf(home.SuiteTargets),
            }).Append(new Dictionary<string, object?>
            {
                // There while the sample workloads are deployed.
                ["job_name"] = "workloads",
                ["file_sd_configs"] = FilesOf(home.WorkloadTargets),
            }).ToArray(),
        });
    }

    /// <summary>The files that can be replaced while the lab runs, as the repository has them now.</summary>
    public static IReadOnlyDictionary<MonitoringFile, string> Files(ObservabilityFiles files, LabNetwork network) => new Dictionary<MonitoringFile, string>
    {
        [MonitoringFile.Rules] = RuleAssembly.ForLab(files),
        [MonitoringFile.Routes] = File.ReadAllText(files.Routes).Replace(
            ReceiverPlaceholder, LabNetwork.Url(network.Edge, LabNetwork.SuitePort, "alerts").ToString(), StringComparison.Ordinal),
        [MonitoringFile.Queries] = File.ReadAllText(files.Queries) + "\n" + File.ReadAllText(files.ExporterQueries),
    };

    /// <summary>Of HAProxy, which has some 200 numbers for each of its parts, only the parts that rules and panels name.</summary>
    private static Dictionary<string, object?> ParametersOf(string job) =>
        job == "haproxy" ? new Dictionary<string, object?> { ["scope"] = new[] { "backend", "server" } } : [];

    /// <summary>The node exporter shows the machine with the test volumes of every lab on it; ours is called <c>srelab</c>, and the others are not ours to watch.</summary>
    private static object[] OwnVolumeOnly(LabHome home) =>
    [
        new Dictionary<string, object?>
        {
            ["source_labels"] = new[] { "device", "mountpoint" },
            ["regex"] = "srelab-.+;" + Regex.Escape(home.Volume),
            ["target_label"] = "device",
            ["replacement"] = "srelab",
        },
        new Dictionary<string, object?> { ["source_labels"] = new[] { "device" }, ["regex"] = "srelab-.+", ["action"] = "drop" },
    ];

    private static Dictionary<string, object?> Labelled(LabNetwork network, string instance)
    {
        var member = network.Members.FirstOrDefault(m => instance.StartsWith(m.Host + ":", StringComparison.Ordinal));
        return new Dictionary<string, object?>(Target(instance))
        {
            ["labels"] = new Dictionary<string, object?> { ["cluster"] = Names.Scope, ["member"] = member?.Name ?? EdgeMember },
        };
    }

    private static object[] FilesOf(string targets) => [new Dictionary<string, object?> { ["files"] = new[] { targets } }];

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    private static Dictionary<string, object?> Target(string instance) => new() { ["targets"] = new[] { instance } };
}
