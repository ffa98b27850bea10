using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Names under the supervisor, which are also the names of records and logs.</summary>
internal static class ProgramNames
{
    public const string Supervisor = "supervisord";
    public const string HaProxy = "haproxy";
    public const string Prometheus = "prometheus";
    public const string Alertmanager = "alertmanager";
    public const string NodeExporter = "node-exporter";
    public const string Grafana = "grafana";

    /// <summary>Load balancer of the sample workloads.</summary>
    public const string Balancer = "balancer";

    /// <summary>The instance of payment-provider.</summary>
    public const string Provider = "provider";

    /// <summary>Takes backups on a lab that stays up.</summary>
    public const string BackupSchedule = "backup-schedule";

    /// <summary>Programs that belong to no member.</summary>
    public static IReadOnlyList<string> Edge { get; } = [HaProxy, Prometheus, Alertmanager, NodeExporter, BackupSchedule];

    /// <summary>Everything that a lab runs.</summary>
    public static IReadOnlyList<string> Of(LabHome home, LabNetwork network) =>
        [.. network.Members.SelectMany(Links), .. network.Members.SelectMany(OfMember), .. Edge, .. home.HasGrafana ? [Grafana] : Array.Empty<string>()];

    /// <summary>Programs that decide what follows a fault, or stand on the way of it: their logs explain what clients saw.</summary>
    public static IReadOnlyList<string> Deciding(LabNetwork network) =>
        [.. network.Members.SelectMany(m => new[] { Patroni(m), Etcd(m) }), .. network.Members.SelectMany(Links), HaProxy, Supervisor];

    /// <summary>The way from the other members to this one.</summary>
    public static string FromMembers(Member member) => member.Name + "-from-members";

    /// <summary>The way from this member's Patroni to the consensus store.</summary>
    public static string ToStore(Member member) => member.Name + "-to-store";

    /// <summary>Ways that can be cut. They stand for the network, so they are not lost with a member.</summary>
    public static IReadOnlyList<string> Links(Member member) => [FromMembers(member), ToStore(member)];

    public static string Etcd(Member member) => member.Name + "-etcd";

    public static string Patroni(Member member) => member.Name + "-patroni";

    /// <summary>Parent of Patroni and of the PostgreSQL that Patroni starts.</summary>
    public static string Reaper(Member member) => member.Name + "-reaper";

    public static string Exporter(Member member) => member.Name + "-exporter";

    /// <summary>PostgreSQL itself is started by Patroni, not by the supervisor.</summary>
    public static string Postmaster(Member member) => member.Name + "-postgres";

    public static string Service(string instance) => instance + "-service";

    public static string Sidecar(string instance) => instance + "-sidecar";

    /// <summary>Server of a cluster that was restored.</summary>
    public static string Restored(string cluster) => "restored-" + cluster;

    /// <summary>What is lost when a member is lost.</summary>
    public static IReadOnlyList<string> OfMember(Member member) => [Etcd(member), Patroni(member), Exporter(member)];
}

/// <summary>Names inside the cluster.</summary>
internal static class Names
{
    public const string Scope = "srelab";
    public const string Database = "shop";
    public const string Schema = "srelab";
    public const string Admin = "postgres";
    public const string Replication = "replicator";
    public const string Rewind = "rewinder";
    public const string App = "app";
    public const string Monitor = "monitor";
    public const string RestApi = "patroni";

    public const string InvoiceApp = "invoice_app";
    public const string PaymentProvider = "payment_provider";
    public const string PaymentToken = "payment_token";

    /// <summary>The repository of backups is encrypted with it.</summary>
    public const string BackupKey = "backup_key";

    /// <summary>pgBackRest's name for the cluster.</summary>
    public const string Stanza = "srelab";

    /// <summary>Everyone with a password of their own.</summary>
    public static IReadOnlyList<string> WithPassword { get; } =
        [Admin, Replication, Rewind, App, Monitor, RestApi, InvoiceApp, PaymentProvider, PaymentToken, BackupKey];
}
