using System.Globalization;
using System.Text;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What the supervisor runs and as whom. Nothing starts by itself: the lab starts programs in the order in which they need each other.</summary>
internal sealed class SupervisorConfiguration(
    LabHome home, LabNetwork network, LabMarker marker, RunAsUser user, string storeInterface, IReadOnlyList<string> exporterFlags)
{
    private readonly StringBuilder _text = new();

    /// <summary>Variable that every program of the lab carries, so that a left-over child is known as ours.</summary>
    public static string EnvironmentMark(string labId) => "LAB_ID=" + labId;

    /// <summary>The file's text.</summary>
    public string Write()
    {
        // user= silences the supervisor's warning when it is root on purpose; programs have a user of their own.
        _text.Append(CultureInfo.InvariantCulture,
            $"""
            [unix_http_server]
            file={home.SupervisorSocket}
            chmod=0700

            [supervisord]
            nodaemon=true
            silent=true
            {(user.IsOther ? "user=root" : "")}
            logfile={home.Log(ProgramNames.Supervisor)}
            logfile_maxbytes=10MB
            logfile_backups=1
            pidfile={home.Supervisor}/supervisord.pid
            childlogdir={home.Logs}
            identifier=srelab-{network.Prefix}
            environment=LAB_ID="{marker.Id}",LANG="C.UTF-8",LC_ALL="C.UTF-8"

            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

            [include]
            files={home.WorkloadPrograms}/*.conf {home.RestoredPrograms}/*.conf

            """);
        foreach (var member in network.Members)
        {
            Member(member);
        }

        Edge();
        return _text.ToString();
    }

    private void Member(Member member)
    {
        foreach (var link in ProgramNames.Links(member))
        {
            Program(link, home.Links, "", isMember: false, InstalledPrograms.Require("haproxy"), "-db", "-f", LinkConfiguration.FileOf(home, link));
        }

        var folder = home.Member(member.Name);
        var peers = network.Members.Select(m => $"{m.Name}=http://{m.Host}:{Port(LabNetwork.EtcdPeer)}");

        // When the lost member led the store, its successor renews every lease: the time of that election adds to the outage.
        // Members a loopback apart need no more than half of etcd's default, which is meant for a network.
        Program(ProgramNames.Etcd(member), folder, "", isMember: true, [
            InstalledPrograms.Require("etcd"),
            "--name", member.Name,
            "--data-dir", home.MemberStore(member.Name),
            "--listen-client-urls", $"http://{member.Host}:{Port(LabNetwork.EtcdClient)}",
            "--advertise-client-urls", $"http://{member.Host}:{Port(LabNetwork.EtcdClient)}",
            "--listen-peer-urls", $"http://{member.Host}:{Port(LabNetwork.EtcdPeer)}",
            "--initial-advertise-peer-urls", $"http://{member.Host}:{Port(LabNetwork.EtcdPeer)}",
            "--initial-cluster", string.Join(',', peers),
            "--initial-cluster-token", marker.Id,
            "--initial-cluster-state", "new",
            "--heartbeat-interval", "100",
            "--election-timeout", "500",
            "--auto-compaction-mode", "periodic",
            "--auto-compaction-retention", "1h",
            "--logger", "zap",
            .. StoreInterface.Options(storeInterface)]);

        // Patroni believes a dead postmaster alive until its parent has taken note of the death, and that parent is process 1,
        // which in a container may be late or never do it. A reaper of our own makes detection the same everywhere.
        Program(ProgramNames.Patroni(member), folder, "", isMember: true,
            InstalledPrograms.Require("tini"), "-s", "--", home.Recorder, Path.Combine(home.Pids, ProgramNames.Patroni(member)),
            InstalledPrograms.Require("patroni"), Path.Combine(folder, "patroni.yml"));
        var source = $"{member.Host}:{Port(member.Port)}/{Names.Database}?sslmode=verify-full&sslrootcert={home.CaCertificate}";
        Program(ProgramNames.Exporter(member), folder,
            $",DATA_SOURCE_URI=\"{source}\",DATA_SOURCE_USER=\"{Names.Monitor}\",DATA_SOURCE_PASS_FILE=\"{home.Secret(Names.Monitor)}\"",
            isMember: true,
            [
                InstalledPrograms.Require("prometheus-postgres-exporter"),
                $"--web.listen-address={member.Host}:{Port(LabNetwork.Exporter)}",
                $"--extend.query-path={home.Queries}",
                .. exporterFlags,
            ]);
    }

    private void Edge()
    {
        Program(ProgramNames.HaProxy, home.HaProxy, "", isMember: false,
            InstalledPrograms.Require("haproxy"), "-db", "-f", Path.Combine(home.HaProxy, "haproxy.cfg"));
        Program(ProgramNames.Prometheus, home.Prometheus, "", isMember: false,
            InstalledPrograms.Require("prometheus"),
            $"--config.file={home.PrometheusFile}",
            $"--storage.tsdb.path={home.Prometheus}/data",
            "--storage.tsdb.retention.time=15d",
            "--web.enable-lifecycle",
            $"--web.listen-address={network.Edge}:{Port(LabNetwork.PrometheusPort)}");
        Program(ProgramNames.Alertmanager, home.Alertmanager, "", isMember: false,
            InstalledPrograms.Require("prometheus-alertmanager"),
            $"--config.file={home.Routes}",
            $"--storage.path={home.Alertmanager}/data",
            $"--web.listen-address={network.Edge}:{Port(LabNetwork.AlertmanagerPort)}",
            "--cluster.listen-address=");
        Program(ProgramNames.NodeExporter, home.Exporter, "", isMember: false, [
            InstalledPrograms.Require("prometheus-node-exporter"),
            $"--collector.textfile.directory={home.Textfiles}",
            $"--web.listen-address={network.Edge}:{Port(LabNetwork.NodeExporter)}",
            .. ExporterFlags.OfNode]);
        Program(ProgramNames.BackupSchedule, home.Backup, "", isMember: false, BackupFiles.Schedule(home));
        if (home.HasGrafana)
        {
            Program(ProgramNames.Grafana, home.Grafana, "", isMember: false, GrafanaConfiguration.Command(home));
        }
    }

    private void Program(string name, string folder, string environment, bool isMember, params string[] command)
    {
        // A dead program of a member stays dead until the member is started: it stands for a lost machine.
        var record = network.Members.FirstOrDefault(m => name == ProgramNames.Patroni(m)) is { } member ? ProgramNames.Reaper(member) : name;
        _text.Append(new SupervisedSection(home, user, name, folder, command) { Record = record, Environment = environment, Restarts = !isMember }.Write());
    }

    private static string Port(int port) => port.ToString(CultureInfo.InvariantCulture);
}
