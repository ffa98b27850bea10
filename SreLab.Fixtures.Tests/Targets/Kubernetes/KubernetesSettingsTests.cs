using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Targets.Kubernetes;

public sealed class KubernetesSettingsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-kubernetes-").FullName;

    public KubernetesSettingsTests() => File.WriteAllText(Path.Combine(_root, "srelab.json"), """{ "mix": { "browse": 1 } }""");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_existing_cluster_needs_the_name_of_a_context()
    {
        var load = () => Load((SettingNames.Target, "existing"));

        load.Should().Throw<LabException>().WithMessage($"*{SettingNames.Context}*is not set*");
        Load((SettingNames.Target, "existing"), (SettingNames.Context, "prod")).Kubernetes.Context.Should().Be("prod");
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("1st")]
    [InlineData("ends-")]
    [InlineData("longer-than-twenty-characters")]
    public void A_prefix_that_makes_no_namespace_is_refused(string prefix)
    {
        var load = () => Load((SettingNames.Target, "k3s"), (SettingNames.LabPrefix, prefix));

        load.Should().Throw<LabException>().WithMessage($"*{SettingNames.LabPrefix}*'{prefix}'*");
    }

    [Fact]
    public void Variables_must_be_a_file_and_an_image_needs_a_tag()
    {
        var load = () => Load((SettingNames.Target, "k3s"), (SettingNames.Variables, "/no/such/file"), (SettingNames.K3sImage, "rancher/k3s"));

        load.Should().Throw<LabException>().WithMessage("settings refused: 2 problems*no such file*a tag is needed*");
    }

    [Fact]
    public void Other_targets_do_not_look_at_any_of_it() =>
        Load((SettingNames.Target, "local"), (SettingNames.LabPrefix, "Upper")).Kubernetes.Prefix.Should().Be("Upper");

    [Theory]
    [InlineData("17")]
    [InlineData("-1")]
    [InlineData("two")]
    public void A_number_of_bench_pods_out_of_range_is_refused(string pods)
    {
        var load = () => Load((SettingNames.Target, "existing"), (SettingNames.Context, "c"), (SettingNames.BenchPods, pods));

        load.Should().Throw<LabException>().WithMessage($"*{SettingNames.BenchPods}*0 to 16*");
    }

    [Fact]
    public void Bench_clients_run_in_two_pods_unless_told_otherwise()
    {
        Load().Kubernetes.BenchPods.Should().Be(2);
        Load((SettingNames.BenchPods, "0")).Kubernetes.BenchPods.Should().Be(0);
    }

    [Fact]
    public void The_default_is_the_assignments_version_of_Kubernetes() => Load().Kubernetes.K3sImage.Should().StartWith("rancher/k3s:v1.29.");

    private LabSettings Load(params (string Name, string Value)[] environment) =>
        SettingsLoader.Load(_root, environment.ToDictionary(e => e.Name, e => e.Value));
}
