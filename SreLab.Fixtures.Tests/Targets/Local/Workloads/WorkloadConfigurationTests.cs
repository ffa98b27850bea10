using System.Runtime.Versioning;
using FluentAssertions;
using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;
using SreLab.Fixtures.Targets.Local.Workloads;

namespace SreLab.Fixtures.Tests.Targets.Local.Workloads;

[SupportedOSPlatform("linux")]
public sealed class WorkloadConfigurationTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> Builds =
        WorkloadFiles.Assemblies.Keys.ToDictionary(s => s, _ => "build-1", StringComparer.Ordinal);

    private readonly LabNetwork _network = new("127.99.98");
    private readonly LabHome _home = new(Directory.CreateTempSubdirectory("srelab-workloads-").FullName, "127.99.98");

    private static RunAsUser Me => new("me", 0, 0, IsOther: false);

    public void Dispose() => Directory.Delete(_home.Root, recursive: true);

    [Fact]
    public void Every_address_is_its_own_and_none_is_the_databases()
    {
        var all = _network.Addresses.Concat(_network.WorkloadAddresses).Select(a => a.ToString()).ToArray();

        all.Should().OnlyHaveUniqueItems().And.OnlyContain(a => a.StartsWith("127.99.98.", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_instance_has_a_service_and_a_sidecar_and_one_balancer_stands_before_them() =>
        Sections(WorkloadPlan.Healthy).Keys.Should().BeEquivalentTo(
            "balancer", "app-1-service", "app-1-sidecar", "app-2-service", "app-2-sidecar", "provider-service", "provider-sidecar");

    [Fact]
    public void A_healthy_plan_carries_no_defect() => Sections(WorkloadPlan.Healthy).Values.Should().NotContain(s => s.Contains("DEFECT", StringComparison.Ordinal));

    [Fact]
    public void A_defect_goes_to_the_program_that_can_carry_it_and_to_no_other()
    {
        var plan = new WorkloadPlan
        {
            Defects = new Dictionary<string, IReadOnlyList<string>> { ["app-1"] = ["memory-leak", WorkloadDefects.Random504, "counter-race"] },
        };

        var carrying = Sections(plan).Where(s => s.Value.Contains("DEFECT=", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value);

        carrying.Keys.Should().BeEquivalentTo("app-1-service", "app-1-sidecar");
        carrying["app-1-service"].Should().Contain("DEFECT=\"memory-leak,counter-race\"");
        carrying["app-1-sidecar"].Should().Contain("DEFECT=\"random-504\"");
    }

    [Fact]
    public void Another_build_or_another_variable_is_another_program()
    {
        var healthy = Sections(WorkloadPlan.Healthy);
        var rebuilt = Sections(WorkloadPlan.Healthy, new Dictionary<string, string>(Builds) { ["EdgeProxy"] = "build-2" });
        var changed = Sections(WorkloadPlan.Healthy with { Environment = new Dictionary<string, string> { ["DEFECT_504_RATIO"] = "0.5" } });

        rebuilt.Where(s => s.Value != healthy[s.Key]).Select(s => s.Key).Should().BeEquivalentTo("app-1-sidecar", "app-2-sidecar", "provider-sidecar");
        changed.Where(s => s.Value == healthy[s.Key]).Select(s => s.Key).Should().Equal("balancer");
    }

    [Fact]
    public void No_password_stands_in_the_configuration()
    {
        var text = string.Concat(Sections(WorkloadPlan.Healthy).Values);

        text.Should().NotContain("secret-of-app").And.Contain($"DATABASE_PASSWORD_FILE=\"{_home.Secret(Names.InvoiceApp)}\"");
    }

    [Fact]
    public void The_provider_is_behind_no_public_address()
    {
        var configuration = BalancerConfiguration.Write(_network);
        var traffic = configuration[configuration.IndexOf("backend invoice-app", StringComparison.Ordinal)..configuration.IndexOf("backend liveness", StringComparison.Ordinal)];

        traffic.Should().Contain("server app-1 127.99.98.21:8080").And.Contain("server app-2 127.99.98.22:8080").And.NotContain("127.99.98.31");
    }

    [Fact]
    public async Task HAProxy_accepts_the_configuration_of_the_balancer()
    {
        Assert.SkipWhen(InstalledPrograms.Find("haproxy") is null, "haproxy is not installed; install it with: scripts/install-deps");
        var file = Path.Combine(_home.Root, "haproxy.cfg");
        await File.WriteAllTextAsync(file, BalancerConfiguration.Write(_network), TestContext.Current.CancellationToken);

        var check = await ChildProcess.RunAsync(InstalledPrograms.Require("haproxy"), ["-c", "-f", file], null, null, null, TestContext.Current.CancellationToken);

        check.ExitCode.Should().Be(0, check.Output + check.Error);
        (check.Output + check.Error).Should().NotContain("WARNING");
    }

    [Fact]
    public void Services_that_were_not_built_are_refused_with_the_command_that_builds_them()
    {
        var install = () => WorkloadFiles.Install(_home, Path.Combine(_home.Root, "nothing"));

        install.Should().Throw<LabException>().WithMessage("workloads refused: InvoiceApp, PaymentProvider, EdgeProxy was not built*make build*");
    }

    private IReadOnlyDictionary<string, string> Sections(WorkloadPlan plan, IReadOnlyDictionary<string, string>? builds = null) =>
        new WorkloadPrograms(_home, _network, Me, new NpgsqlConnectionStringBuilder("Host=127.99.98.10;Username=app;Password=secret-of-app")).Write(plan, builds ?? Builds);
}
