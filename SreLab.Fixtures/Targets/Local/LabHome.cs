using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Where everything of one lab lies. The lab's network is its identity, so each network has a folder of its own.</summary>
/// <param name="Root">The lab's folder.</param>
/// <param name="Network">First three numbers of its addresses.</param>
internal sealed record LabHome(string Root, string Network)
{
    public string Marker => Path.Combine(Root, "srelab-lab.json");

    /// <summary>Held by whoever changes the lab; beside the folder, so that it can be held while the folder comes and goes.</summary>
    public string Lock => Root + ".lock";

    public string Secrets => Path.Combine(Root, "secrets");

    public string CaCertificate => Path.Combine(Root, "ca", "ca.crt");

    public string Pids => Path.Combine(Root, "pids");

    public string Logs => Path.Combine(Root, "logs");

    public string Recorder => Path.Combine(Root, "record");

    public string Supervisor => Path.Combine(Root, "supervisor");

    public string SupervisorSocket => Path.Combine(Supervisor, "supervisor.sock");

    public string SupervisorConfiguration => Path.Combine(Supervisor, "supervisord.conf");

    /// <summary>Programs of the sample workloads, a file each; they come and go while the lab is up.</summary>
    public string WorkloadPrograms => Path.Combine(Supervisor, "workloads");

    /// <summary>Servers that were restored from a backup, a file each.</summary>
    public string RestoredPrograms => Path.Combine(Supervisor, "restored");

    /// <summary>Repository of backups and WAL, with what is needed to use it.</summary>
    public string Backup => Path.Combine(Root, "backup");

    /// <summary>Clusters that were made from the repository, a folder each.</summary>
    public string Restores => Path.Combine(Root, "restores");

    /// <summary>The sample workloads: what they were built to, and a working folder each.</summary>
    public string Workloads => Path.Combine(Root, "workloads");

    /// <summary>Configuration and sockets of the ways between members.</summary>
    public string Links => Path.Combine(Root, "links");

    public string HaProxy => Path.Combine(Root, "haproxy");

    public string Prometheus => Path.Combine(Root, "prometheus");

    public string Alertmanager => Path.Combine(Root, "alertmanager");

    /// <summary>Configuration of the lab's Prometheus; how often it looks is in it, and changes while the lab runs.</summary>
    public string PrometheusFile => Path.Combine(Prometheus, "prometheus.yml");

    /// <summary>Rules of the lab's Prometheus, all in one file.</summary>
    public string Rules => Path.Combine(Prometheus, "rules.yml");

    /// <summary>Says whether a process of the suite is there to be scraped.</summary>
    public string SuiteTargets => Path.Combine(Prometheus, "suite.json");

    /// <summary>Says which sample workloads are there to be scraped.</summary>
    public string WorkloadTargets => Path.Combine(Prometheus, "workloads.json");

    public string Routes => Path.Combine(Alertmanager, "alertmanager.yml");

    public string Queries => Path.Combine(Exporter, "queries.yaml");

    /// <summary>Metrics that programs leave behind for the node exporter.</summary>
    public string Textfiles => Path.Combine(Exporter, "textfiles");

    /// <summary>When the last good backup was finished.</summary>
    public string BackupMetrics => Path.Combine(Textfiles, "backup.prom");

    /// <summary>Where a small file system is mounted while a full disk is tried.</summary>
    public string Volume => Path.Combine(Root, "volume");

    public string Exporter => Path.Combine(Root, "exporter");

    /// <summary>There when the lab was made with Grafana.</summary>
    public string Grafana => Path.Combine(Root, "grafana");

    public bool HasGrafana => Directory.Exists(Grafana);

    /// <summary>Key and certificate of restored clusters, for each of their addresses.</summary>
    public string RestoredTls => Path.Combine(Root, "restored-tls");

    public string Member(string name) => Path.Combine(Root, "members", name);

    public string MemberData(string name) => Path.Combine(Member(name), "pgdata");

    public string MemberStore(string name) => Path.Combine(Member(name), "etcd");

    public string MemberSocket(string name) => Path.Combine(Member(name), "socket");

    public string MemberTls(string name) => Path.Combine(Member(name), "tls");

    public string Secret(string name) => Path.Combine(Secrets, name);

    public string Log(string program) => Path.Combine(Logs, program + ".log");

    /// <summary>Below this folder are the labs of this user, when no folder was asked for.</summary>
    public static string DefaultParent()
    {
        if (Posix.IsRoot)
        {
            return "/var/lib/srelab";
        }

        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        return Path.Combine(
            string.IsNullOrWhiteSpace(state) || !Path.IsPathRooted(state)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
                : state,
            "srelab");
    }

    /// <summary>The folder for these settings, checked to be one that may be created and removed.</summary>
    /// <exception cref="LabException">It can never be a lab's folder.</exception>
    public static LabHome Resolve(LabSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Network))
        {
            throw new LabException($"the lab has no network, so it has no name; set one: {SettingNames.Network}=127.20.0");
        }

        var root = string.IsNullOrWhiteSpace(settings.Home) ? Path.Combine(DefaultParent(), settings.Network) : settings.Home.Trim();
        LabHomeRules.RequireSafePath(root);
        return new LabHome(root.TrimEnd('/'), settings.Network);
    }
}
