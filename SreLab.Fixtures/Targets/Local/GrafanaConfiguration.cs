using System.Globalization;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Grafana, where it is installed: an extra that shows the dashboards. No promise needs it, and without it nothing else changes.</summary>
internal static class GrafanaConfiguration
{
    /// <summary>The program that is looked for; Grafana has no Debian package of its own.</summary>
    public const string Program = "grafana-server";

    private const string HomePath = "/usr/share/grafana";
    private const string AdminPassword = "grafana";

    /// <summary>Whether a new lab can have one: it is installed, and nothing else has its address.</summary>
    public static bool IsPossible(LabNetwork network) =>
        InstalledPrograms.Find(Program) is not null
        && Directory.Exists(HomePath)
        && !Listeners.ReadAll().Any(l => l.Protocol == "tcp" && l.Port == network.Grafana.Port && l.Takes(System.Net.IPAddress.Parse(network.Grafana.Host)));

    /// <summary>What the supervisor runs.</summary>
    public static string[] Command(LabHome home) => [InstalledPrograms.Require(Program), "--homepath", HomePath, "--config", Path.Combine(home.Grafana, "grafana.ini")];

    /// <summary>Makes its folder, its password and its files.</summary>
    public static void Install(LabHome home, LabNetwork network, RunAsUser user, ObservabilityFiles observability)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        user.MakeFolder(home.Grafana, Private);
        user.WriteSecretFile(home.Secret(AdminPassword), LabSecrets.NewPassword());
        foreach (var (path, content) in Files(home, network, observability))
        {
            var file = Path.Combine(home.Grafana, path);
            for (var folder = Path.GetDirectoryName(file)!; folder != home.Grafana && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
                user.MakeFolder(folder, Private);
            }

            user.WriteFile(file, content);
        }
    }

    /// <summary>Its files by path below its folder.</summary>
    public static IReadOnlyDictionary<string, string> Files(LabHome home, LabNetwork network, ObservabilityFiles observability)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grafana.ini"] = Settings(home, network),
            ["provisioning/datasources/srelab.yml"] = Yaml.Write(DataSources(network)),
            ["provisioning/dashboards/srelab.yml"] = Yaml.Write(Dashboards(home)),
        };
        foreach (var dashboard in observability.Dashboards)
        {
            files["dashboards/" + Path.GetFileName(dashboard)] = File.ReadAllText(dashboard);
        }

        return files;
    }

    /// <summary>Whoever reaches the loopback address may look; who changes anything needs the password.</summary>
    private static string Settings(LabHome home, LabNetwork network) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        [paths]
        data = {{home.Grafana}}/data
        logs = {{home.Grafana}}/logs
        plugins = {{home.Grafana}}/plugins
        provisioning = {{home.Grafana}}/provisioning

        [server]
        http_addr = {{network.Grafana.Host}}
        http_port = {{network.Grafana.Port}}

        [security]
        admin_user = admin
        admin_password = $__file{{{home.Secret(AdminPassword)}}}

        [auth.anonymous]
        enabled = true
        org_role = Viewer

        [users]
        allow_sign_up = false

        [analytics]
        reporting_enabled = false
        check_for_updates = false
        check_for_plugin_updates = false

        [news]
        news_feed_enabled = false

        [log]
        mode = console

        [dashboards]
        default_home_dashboard_path = {{home.Grafana}}/dashboards/overview.json
        min_refresh_interval = 1s

        """);

    private static Dictionary<string, object?> DataSources(LabNetwork network) => new()
    {
        ["apiVersion"] = 1,
        ["datasources"] = new object[]
        {
            new Dictionary<string, object?>
            {
                ["name"] = "Prometheus",
                ["type"] = "prometheus",
                ["uid"] = "srelab-prometheus",
                ["access"] = "proxy",
                ["url"] = network.Endpoints.Prometheus!.ToString().TrimEnd('/'),
                ["isDefault"] = true,
                // The scrape interval: Grafana's rate interval is four of them.
                ["jsonData"] = new Dictionary<string, object?> { ["timeInterval"] = string.Create(CultureInfo.InvariantCulture, $"{MonitoringConfiguration.Usual.ScrapeSeconds}s") },
            },
        },
    };

    private static Dictionary<string, object?> Dashboards(LabHome home) => new()
    {
        ["apiVersion"] = 1,
        ["providers"] = new object[]
        {
            new Dictionary<string, object?>
            {
                ["name"] = "srelab",
                ["folder"] = "SreLab",
                ["type"] = "file",
                ["options"] = new Dictionary<string, object?> { ["path"] = home.Grafana + "/dashboards" },
            },
        },
    };
}
