using FluentAssertions;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class StoredFilesTests : IDisposable
{
    private const string Full = "20261122-000322F";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("srelab-stored-");

    [Fact]
    public void The_largest_file_that_no_later_backup_holds_anew_is_found()
    {
        Write(Full, "pg_data/base/5/1.lz4", 10);
        var read = Write(Full, "pg_data/base/5/2.lz4", 20);
        Write(Full, "pg_data/base/5/3.lz4", 30);
        Write(Full + "_20261122-000341I", "pg_data/base/5/3.lz4", 5);

        StoredFiles.LargestThatRestoresRead(_folder.FullName, Full).Should().Be(read);
    }

    [Fact]
    public void A_full_backup_beside_it_does_not_matter()
    {
        var read = Write(Full, "pg_data/base/5/1.lz4", 10);
        Write("20261121-230000F", "pg_data/base/5/1.lz4", 10);

        StoredFiles.LargestThatRestoresRead(_folder.FullName, Full).Should().Be(read);
    }

    [Fact]
    public void A_bundle_is_taken_when_no_file_is_its_own_whatever_later_backups_call_theirs()
    {
        var bundle = Write(Full, "bundle/1", 50);
        Write(Full, "pg_data/base/5/1.lz4", 90);
        Write(Full + "_20261122-000341I", "pg_data/base/5/1.lz4", 5);
        Write(Full + "_20261122-000341I", "bundle/1", 5);

        StoredFiles.LargestThatRestoresRead(_folder.FullName, Full).Should().Be(bundle);
    }

    [Fact]
    public void The_manifest_is_left_alone()
    {
        Write(Full, "backup.manifest.copy", 50);

        StoredFiles.LargestThatRestoresRead(_folder.FullName, Full).Should().BeNull();
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(100_000, 16_384)]
    public async Task Damage_is_all_over_the_file_and_keeps_its_length(int length, int most)
    {
        var file = Write(Full, "bundle/1", length);

        await StoredFiles.DamageAsync(file, CancellationToken.None);

        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes.Should().HaveCount(length);
        bytes.Count(b => b != 0).Should().BeInRange(1, most);
        bytes.Skip(length * 9 / 10).Concat(bytes.Take(length / 10)).Should().Contain((byte)0xFF);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string backup, string file, int bytes)
    {
        var path = Path.Combine(_folder.FullName, backup, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }
}
