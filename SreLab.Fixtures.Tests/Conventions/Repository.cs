namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Source files below a folder, without what builds make.</summary>
    public static IEnumerable<string> SourcesBelow(string relative, string pattern = "*.cs") =>
        Directory.Exists(PathOf(relative))
            ? Directory.EnumerateFiles(PathOf(relative), pattern, SearchOption.AllDirectories).Where(f => !IsMade(f)).Order(StringComparer.Ordinal)
            : [];

    public static string RelativeOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsMade(string path) =>
        RelativeOf(path).Split('/').Any(part => part is "artifacts" or "bin" or "obj" or "runs" or ".git");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SreLab.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"SreLab.slnx not found at or above {AppContext.BaseDirectory}");
    }
}
