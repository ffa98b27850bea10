using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>Files that were taken out of the repository on purpose, kept beside it until they are put back: a run that is killed leaves what mends it.</summary>
/// <param name="repository">Where they come from, and go back to.</param>
/// <param name="folder">Where they are meanwhile. Not in the repository: what lies there counts as stored, whatever its name.</param>
internal sealed class KeptFiles(string repository, string folder)
{
    /// <summary>No name in the repository has it.</summary>
    private const char Separator = '%';

    /// <summary>Takes a file away.</summary>
    public void Take(string file)
    {
        Directory.CreateDirectory(folder);
        File.Move(file, PlaceOf(file), overwrite: true);
    }

    /// <summary>Takes a file away and leaves a copy, which may be spoilt.</summary>
    public void TakeAndCopy(string file)
    {
        Take(file);
        File.Copy(PlaceOf(file), file);
        if (RunAsUser.Resolve() is { IsOther: true } owner)
        {
            Posix.ChangeOwner(file, owner.UserId, owner.GroupId);
        }
    }

    /// <summary>Puts all of them back.</summary>
    /// <returns>Whether there were any.</returns>
    public bool PutBack()
    {
        var kept = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        foreach (var file in kept)
        {
            File.Move(file, Path.Combine(repository, Path.GetFileName(file).Replace(Separator, '/')), overwrite: true);
        }

        return kept.Length > 0;
    }

    private string PlaceOf(string file) => Path.Combine(folder, Path.GetRelativePath(repository, file).Replace('/', Separator));
}
