using System.Runtime.Versioning;
using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Targets.Local;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Targets.Local;

[SupportedOSPlatform("linux")]
public sealed class GrafanaConfigurationTests : IDisposable
{
    private static readonly RunAsUser Me = new("me", 0, 0, IsOther: false);
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-grafana-").FullName;
    private readonly LabNetwork _network = new("127.99.99");

    private LabHome Home => new(_folder, _network.Prefix);

    [Fact]
    public void Its_files_lie_below_its_folder_with_every_dashboard_as_it_is()
    {
        Install();

        Directory.EnumerateFiles(Path.Combine(Home.Grafana, "dashboards")).Select(f => Path.GetFileName(f)).Should().HaveCount(6);
        File.ReadAllText(Path.Combine(Home.Grafana, "dashboards", "overview.json")).Should().Be(Repository.Read("observability/dashboards/overview.json"));
        File.ReadAllText(Path.Combine(Home.Grafana, "provisioning", "datasources", "srelab.yml")).Should()
            .Contain("http://127.99.99.10:9090").And.Contain("timeInterval: 10s");
        File.ReadAllText(Path.Combine(Home.Grafana, "provisioning", "dashboards", "srelab.yml")).Should().Contain(Home.Grafana + "/dashboards");
    }

    [Fact]
    public void It_listens_on_the_edge_and_strangers_only_look()
    {
        Install();

        File.ReadAllText(Path.Combine(Home.Grafana, "grafana.ini")).Should()
            .Contain("http_addr = 127.99.99.10").And.Contain("http_port = 3000").And.Contain("org_role = Viewer")
            .And.Contain($"admin_password = $__file{{{Home.Secret("grafana")}}}");
    }

    [Fact]
    public void Its_password_is_in_no_file_but_its_own()
    {
        Install();

        var password = File.ReadAllText(Home.Secret("grafana"));
        password.Should().HaveLength(32);
        File.GetUnixFileMode(Home.Secret("grafana")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.EnumerateFiles(Home.Grafana, "*", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains(password, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void A_lab_runs_it_only_when_it_was_made_with_it()
    {
        ProgramNames.Of(Home, _network).Should().NotContain(ProgramNames.Grafana).And.Contain(ProgramNames.Prometheus).And.Contain("pg-3-patroni");

        Install();

        ProgramNames.Of(Home, _network).Should().Contain(ProgramNames.Grafana);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Install()
    {
        LabSecrets.Create(Home, Me);
        GrafanaConfiguration.Install(Home, _network, Me, new ObservabilityFiles(Repository.Root));
    }
}
