using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Creates the folder of a new lab: secrets, certificates, and the configuration of every program.</summary>
internal static class LabFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Traversable = Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Creates the folder with its marker first, so that whatever is killed later leaves a folder that is known as ours.</summary>
    public static LabMarker CreateMarked(LabHome home, RunAsUser user, DateTimeOffset now)
    {
        Directory.CreateDirectory(home.Root);
        File.SetUnixFileMode(home.Root, Traversable);
        var marker = LabMarker.Create(home.Network, user.Name, now);
        marker.Write(home.Marker);
        return marker;
    }

    /// <summary>Fills the folder.</summary>
    public static async Task WriteAsync(LabHome home, LabNetwork network, LabMarker marker, RunAsUser user, ObservabilityFiles observability, DateTimeOffset now, CancellationToken ct)
    {
        user.MakeFolder(home.Pids, Traversable);
        user.MakeFolder(home.Logs, Traversable);
        foreach (var folder in (string[])[home.HaProxy, home.Links, home.Prometheus, home.Alertmanager, home.Exporter, home.Textfiles])
        {
            user.MakeFolder(folder, Private);
        }

        // The supervisor may run as root, so nobody else may write what it reads.
        Directory.CreateDirectory(home.Supervisor, Private);
        Directory.CreateDirectory(home.WorkloadPrograms, Private);
        Directory.CreateDirectory(home.RestoredPrograms, Private);
        await File.WriteAllTextAsync(home.Recorder, ProcessRecords.Wrapper, ct);
        File.SetUnixFileMode(home.Recorder, Traversable);

        var secrets = LabSecrets.Create(home, user);
        Directory.CreateDirectory(Path.Combine(home.Root, "members"), Traversable);
        foreach (var member in network.Members)
        {
            user.MakeFolder(home.Member(member.Name), Private);
            user.MakeFolder(home.MemberSocket(member.Name), Private);
        }

        LabCertificates.Create(home, network, user, now);
        user.MakeFolder(home.Restores, Traversable);
        new BackupFiles(home, network, secrets, user).Create();
        var patroni = await PatroniConfiguration.ForInstalledAsync(home, network, secrets, ct);
        foreach (var member in network.Members)
        {
            patroni.WriteFor(member);
        }

        LinkConfiguration.WriteAll(home, network, user);
        user.WriteFile(Path.Combine(home.HaProxy, "haproxy.cfg"), HaProxyConfiguration.Write(home, network));

        // A bring-up waits for the first scrape of everything.
        user.WriteFile(home.PrometheusFile, MonitoringConfiguration.Prometheus(home, network, MonitoringConfiguration.Close));
        user.WriteFile(home.SuiteTargets, "[]");
        user.WriteFile(home.WorkloadTargets, "[]");
        var files = MonitoringConfiguration.Files(observability, network);
        user.WriteFile(home.Rules, files[MonitoringFile.Rules]);
        user.WriteFile(home.Routes, files[MonitoringFile.Routes]);
        user.WriteFile(home.Queries, files[MonitoringFile.Queries]);
        if (GrafanaConfiguration.IsPossible(network))
        {
            GrafanaConfiguration.Install(home, network, user, observability);
        }

        var supervisor = new SupervisorConfiguration(
            home, network, marker, user, await StoreInterface.ForInstalledAsync(ct), await ExporterFlags.OfInstalledPostgresAsync(ct));
        await File.WriteAllTextAsync(home.SupervisorConfiguration, supervisor.Write(), ct);
    }
}
