namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>Source without its comments: what the compiler acts on.</summary>
internal static class CodeText
{
    public static string Of(string path) => WithoutComments(File.ReadAllText(path));

    public static string WithoutComments(string source) =>
        string.Join('\n', source.Split('\n').Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)));
}
