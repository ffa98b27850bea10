using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>What a document names within backticks: a command, a spec, a test or a file. Each kind can be looked up.</summary>
internal static partial class Named
{
    public static IEnumerable<string> In(string markdown) => Backticked().Matches(markdown).Select(m => m.Groups[1].Value);

    /// <summary>Why a name does not exist; null when it does.</summary>
    public static string? Problem(string name)
    {
        if (name.StartsWith("make ", StringComparison.Ordinal))
        {
            return MakeTargets.All.Contains(name.Split(' ')[1]) ? null : $"{name}: no such target in the Makefile";
        }

        if (ClassName().IsMatch(name))
        {
            return ClassProblem(name.Split('.'));
        }

        return Path.Exists(Repository.PathOf(name)) ? null : $"{name}: neither a command, nor a spec or test, nor a file";
    }

    private static string? ClassProblem(string[] parts)
    {
        var isSpec = parts[0].StartsWith("When_", StringComparison.Ordinal);
        string[] projects = isSpec ? ["SreLab.Specs"] : ["SreLab.Fixtures.Tests", "SreLab.Report.Tests", "SreLab.Workloads.Tests"];
        var source = projects.SelectMany(p => Repository.SourcesBelow(p, $"{parts[0]}.cs")).FirstOrDefault();
        if (source is null)
        {
            return $"{parts[0]}: no such {(isSpec ? "spec" : "test class")}";
        }

        return parts.Length == 1 || File.ReadAllText(source).Contains($" {parts[1]}(", StringComparison.Ordinal)
            ? null
            : $"{parts[0]} has no {parts[1]}";
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Backticked();

    [GeneratedRegex(@"^(When_\w+|\w+Tests)(\.\w+)?$")]
    private static partial Regex ClassName();
}
