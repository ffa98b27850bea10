using System.Globalization;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>One address of the lab and the program that listens there.</summary>
/// <param name="Program">Name under the supervisor.</param>
/// <param name="Host">Loopback address.</param>
/// <param name="Port">Port.</param>
internal sealed record LabAddress(string Program, string Host, int Port)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Who listens where. Each member has a loopback address of its own, so every program keeps its usual port.</summary>
/// <param name="Prefix">First three numbers.</param>
internal sealed record LabNetwork(string Prefix)
{
    public const int Postgres = 5432;
    public const int ReadOnlyPort = 5433;
    public const int EtcdClient = 2379;
    public const int EtcdPeer = 2380;
    public const int Patroni = 8008;
    public const int Exporter = 9187;
    public const int HaProxyStatus = 8404;
    public const int PrometheusPort = 9090;
    public const int AlertmanagerPort = 9093;
    public const int NodeExporter = 9100;
    public const int Balancer = 8080;
    public const int BalancerStatus = 8405;
    public const int Sidecar = 8080;
    public const int Service = 8081;

    /// <summary>A process of the suite listens here while it runs; no program of the lab does.</summary>
    public const int SuitePort = 9095;

    /// <summary>Where clients and people connect.</summary>
    public string Edge => Prefix + ".10";

    /// <summary>The three members.</summary>
    public IReadOnlyList<Member> Members { get; } =
        [.. Enumerable.Range(1, 3).Select(n => new Member(
            string.Create(CultureInfo.InvariantCulture, $"pg-{n}"),
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{10 + n}"),
            Postgres))];

    /// <summary>Every address that the lab takes.</summary>
    public IReadOnlyList<LabAddress> Addresses =>
    [
        .. Members.SelectMany(m => new LabAddress[]
        {
            new(ProgramNames.Etcd(m), m.Host, EtcdClient),
            new(ProgramNames.Etcd(m), m.Host, EtcdPeer),
            new(ProgramNames.Patroni(m), m.Host, Patroni),
            new(ProgramNames.Patroni(m), m.Host, m.Port),
            new(ProgramNames.Exporter(m), m.Host, Exporter),
            new(ProgramNames.FromMembers(m), EntryOf(m), m.Port),
            new(ProgramNames.FromMembers(m), EntryOf(m), Patroni),
        }),
        .. Members.SelectMany(from => Members.Select(to => new LabAddress(ProgramNames.ToStore(from), StoreOf(from, to), EtcdClient))),
        new(ProgramNames.HaProxy, Edge, Postgres),
        new(ProgramNames.HaProxy, Edge, ReadOnlyPort),
        new(ProgramNames.HaProxy, Edge, HaProxyStatus),
        new(ProgramNames.Prometheus, Edge, PrometheusPort),
        new(ProgramNames.Alertmanager, Edge, AlertmanagerPort),
        new(ProgramNames.NodeExporter, Edge, NodeExporter),
    ];

    /// <summary>Where the other members reach a member: a way of its own, so that it can be cut while clients still come through.</summary>
    public string EntryOf(Member member) => Host(60 + NumberOf(member));

    /// <summary>Where a member's Patroni reaches another member's part of the consensus store.</summary>
    public string StoreOf(Member from, Member to) => Host(100 + (10 * NumberOf(from)) + NumberOf(to));

    /// <summary>Hosts of the sample workloads, by instance.</summary>
    public IReadOnlyDictionary<string, string> Workloads { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["app-1"] = Prefix + ".21",
        ["app-2"] = Prefix + ".22",
        [ProgramNames.Provider] = Prefix + ".31",
    };

    /// <summary>Taken once the sample workloads are deployed.</summary>
    public IReadOnlyList<LabAddress> WorkloadAddresses =>
    [
        .. Workloads.SelectMany(w => new LabAddress[]
        {
            new(ProgramNames.Service(w.Key), w.Value, Service),
            new(ProgramNames.Sidecar(w.Key), w.Value, Sidecar),
        }),
        new(ProgramNames.Balancer, Edge, Balancer),
        new(ProgramNames.Balancer, Edge, BalancerStatus),
    ];

    /// <summary>Each may be that of a cluster restored from a backup.</summary>
    public IReadOnlyList<string> RestoreHosts { get; } = [.. Enumerable.Range(51, 9).Select(n => string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{n}"))];

    /// <summary>Taken once clusters were restored.</summary>
    public IReadOnlyList<LabAddress> RestoreAddresses => [.. RestoreHosts.Select(h => new LabAddress(ProgramNames.Restored(h), h, Postgres))];

    /// <summary>Taken where Grafana is installed, and free.</summary>
    public LabAddress Grafana => new(ProgramNames.Grafana, Edge, 3000);

    public LabEndpoints Endpoints => new(
        Edge,
        Postgres,
        Edge,
        ReadOnlyPort,
        Url(Edge, PrometheusPort),
        Url(Edge, AlertmanagerPort),
        Names.Database);

    private string Host(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{number}");

    private int NumberOf(Member member) => Members.ToList().IndexOf(member) + 1;

    public static Uri Url(string host, int port, string path = "") =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}/{path}"));
}
