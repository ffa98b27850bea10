using FluentAssertions;
using SreLab.Fixtures.Kubernetes.Terraform;

namespace SreLab.Fixtures.Kubernetes.Tests;

public sealed class TerraformFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-terraform-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_is_gone_from_the_repository_goes_from_the_copy_and_the_state_stays()
    {
        var repository = Path.Combine(_root, "repository");
        foreach (var folder in new[] { "infra-terraform/environments/k3s", "helm-values", "observability" })
        {
            Directory.CreateDirectory(Path.Combine(repository, folder));
        }

        File.WriteAllText(Path.Combine(repository, "infra-terraform/environments/k3s/main.tf"), "# environment");
        var files = new TerraformFiles(Path.Combine(_root, "lab"), "k3s");
        files.CopyFrom(repository);
        File.WriteAllText(Path.Combine(files.Root, "renamed.tf"), "# before");
        File.WriteAllText(files.State, "{}");
        Directory.CreateDirectory(Path.Combine(files.Root, ".terraform"));
        File.WriteAllText(Path.Combine(files.Root, ".terraform", "modules.json"), "{}");

        files.CopyFrom(repository);

        File.Exists(Path.Combine(files.Root, "renamed.tf")).Should().BeFalse();
        File.Exists(Path.Combine(files.Root, "main.tf")).Should().BeTrue();
        File.Exists(files.State).Should().BeTrue();
        File.Exists(Path.Combine(files.Root, ".terraform", "modules.json")).Should().BeTrue();
    }
}
