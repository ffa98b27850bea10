using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>The Makefile's targets and the ones that documents speak of.</summary>
internal static partial class MakeTargets
{
    public static IReadOnlySet<string> All { get; } = File.Exists(Repository.PathOf("Makefile"))
        ? Target().Matches(Repository.Read("Makefile")).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal)
        : new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Targets of every <c>make ...</c> within backticks or at the start of a line of a code block.</summary>
    public static IEnumerable<string> NamedIn(string markdown) =>
        Mention().Matches(markdown).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"^([a-z][a-z-]*):(?!=)", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"(?:^|`|&& |; )(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Mention();
}
