using FluentAssertions;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>The solution builds where no source has the packages of the Kubernetes targets.</summary>
public sealed class KubernetesApartTests
{
    private static readonly string[] Packages = ["KubernetesClient", "Testcontainers"];

    [Fact]
    public void The_solution_holds_no_project_of_the_Kubernetes_targets() =>
        Repository.Read("SreLab.slnx").Should().NotContain(KubernetesAssembly.Name);

    [Fact]
    public void No_other_project_refers_to_them_or_to_their_packages() =>
        Repository.SourcesBelow("", "*.csproj")
            .Where(f => !Repository.RelativeOf(f).StartsWith(KubernetesAssembly.Name, StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f) is var text
                && (Packages.Any(p => text.Contains($"Include=\"{p}", StringComparison.Ordinal)) || text.Contains($"{KubernetesAssembly.Name}.csproj", StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Fact]
    public void No_lock_file_names_their_packages() =>
        Repository.SourcesBelow("", "packages.lock.json")
            .Where(f => Packages.Any(p => File.ReadAllText(f).Contains($"\"{p}", StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Theory]
    [InlineData("SreLab.Fixtures.Kubernetes")]
    [InlineData("SreLab.Fixtures.Kubernetes.Tests")]
    public void Their_projects_have_no_lock_file_and_exact_versions(string project)
    {
        File.Exists(Repository.PathOf($"{project}/packages.lock.json")).Should().BeFalse();
        Repository.Read($"{project}/{project}.csproj").Should().Contain("<RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>");
        Repository.Read("Directory.Packages.props").Should().Contain("\"KubernetesClient\" Version=\"19.0.2\"").And.Contain("\"Testcontainers.K3s\" Version=\"4.16.0\"");
    }

    [Fact]
    public void What_loads_the_assembly_names_what_the_assembly_has() =>
        Repository.Read($"{KubernetesAssembly.Name}/TargetFactory.cs").Should()
            .Contain($"namespace {KubernetesAssembly.Name};").And.Contain("public sealed class TargetFactory : IKubernetesTargetFactory");
}
