using FluentAssertions;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class KeptFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("srelab-kept-");

    private string Repository => Path.Combine(_folder.FullName, "repository");

    [Fact]
    public void What_is_taken_is_gone_from_the_repository_and_comes_back_whole()
    {
        var file = Write("archive/srelab/15-1/0001/000000010000000000000001-ab.lz4");
        var kept = new KeptFiles(Repository, Path.Combine(_folder.FullName, "kept"));

        kept.Take(file);

        Directory.EnumerateFiles(Repository, "*", SearchOption.AllDirectories).Should().BeEmpty("whatever lies there counts as stored");
        new KeptFiles(Repository, Path.Combine(_folder.FullName, "kept")).PutBack().Should().BeTrue("another process finds it as well");
        File.ReadAllText(file).Should().Be("content");
        kept.PutBack().Should().BeFalse();
    }

    [Fact]
    public void A_spoilt_copy_is_replaced_by_the_original()
    {
        var file = Write("backup/srelab/F/bundle/1");
        var kept = new KeptFiles(Repository, Path.Combine(_folder.FullName, "kept"));

        kept.TakeAndCopy(file);
        File.WriteAllText(file, "spoilt");

        kept.PutBack().Should().BeTrue();
        File.ReadAllText(file).Should().Be("content");
    }

    [Theory]
    [InlineData("before-the-delete", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("../x", false)]
    [InlineData("/", false)]
    [InlineData("-x", false)]
    [InlineData("Upper", false)]
    [InlineData("a23456789012345678901234567890x", false)]
    public void A_cluster_s_name_can_be_part_of_a_path(string name, bool isName) => RestoredFiles.IsName(name).Should().Be(isName);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string relative)
    {
        var path = Path.Combine(Repository, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "content");
        return path;
    }
}
