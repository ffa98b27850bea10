using System.Runtime.Versioning;
using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Tests.Targets.Local.Backups;

[SupportedOSPlatform("linux")]
public sealed class ReadOnlyFolderTests : IDisposable
{
    private const UnixFileMode Before = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("srelab-closed-");

    private string Folder => Path.Combine(_root.FullName, "backups");

    private string Note => Path.Combine(_root.FullName, "note");

    [Fact]
    public void Nobody_may_write_until_it_is_opened_by_another_process_that_finds_the_note()
    {
        Directory.CreateDirectory(Folder, Before);

        new ReadOnlyFolder(Folder, Note).Close();
        new ReadOnlyFolder(Folder, Note).Close();
        File.GetUnixFileMode(Folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

        new ReadOnlyFolder(Folder, Note).Open().Should().BeTrue();
        File.GetUnixFileMode(Folder).Should().Be(Before, "the second time did not take the closed mode for the one before");
        Directory.EnumerateFiles(_root.FullName).Should().BeEmpty();
    }

    [Fact]
    public void What_was_not_closed_is_left_as_it_is()
    {
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        new ReadOnlyFolder(Folder, Note).Open().Should().BeFalse();
        File.GetUnixFileMode(Folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused()
    {
        var close = () => new ReadOnlyFolder(Folder, Note).Close();

        close.Should().Throw<LabException>().WithMessage("fault refused: *nothing was touched*");
        File.Exists(Note).Should().BeFalse();
    }

    public void Dispose() => _root.Delete(recursive: true);
}
