using System.Text.RegularExpressions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>TROUBLESHOOTING.md, as far as it can be carried out.</summary>
/// <remarks>
/// An entry is what stands below a heading of the third level. A block of shell commands that is followed by
/// <c>&lt;!-- shows: PATTERN --&gt;</c> shows the entry's symptom: some line of its output matches. A block without it is for people.
/// </remarks>
/// <param name="Variables">The block after <c>&lt;!-- variables --&gt;</c>, which every command needs before it.</param>
/// <param name="Entries">In the order of the file.</param>
public sealed partial record Troubleshooting(string Variables, IReadOnlyList<TroubleshootingEntry> Entries)
{
    /// <summary>The file's name in the root of the repository.</summary>
    public const string FileName = "TROUBLESHOOTING.md";

    /// <summary>Reads the file.</summary>
    /// <param name="repositoryRoot">Root of the repository.</param>
    /// <exception cref="LabException">There is no such file, or it is not as described.</exception>
    public static Troubleshooting Load(string repositoryRoot)
    {
        var path = Path.Combine(repositoryRoot, FileName);
        return File.Exists(path)
            ? Parse(File.ReadAllText(path))
            : throw new LabException($"troubleshooting missing: {path} does not exist; restore it with: git checkout {FileName}");
    }

    /// <summary>Reads its text.</summary>
    /// <exception cref="LabException">The variables are missing, or a pattern is none.</exception>
    public static Troubleshooting Parse(string markdown)
    {
        var variables = VariablesBlock().Match(markdown);
        return variables.Success
            ? new Troubleshooting(variables.Groups[1].Value, [.. Entry().Matches(markdown).Select(Read)])
            : throw new LabException($"troubleshooting unreadable: {FileName} has no block of shell commands after <!-- variables -->.");
    }

    /// <summary>The entry with this heading.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public TroubleshootingEntry Of(string name) => Entries.FirstOrDefault(e => e.Name == name)
        ?? throw new LabException($"{FileName} has no entry {name}.\n  known        {string.Join(", ", Entries.Select(e => e.Name))}");

    private static TroubleshootingEntry Read(Match entry)
    {
        var (name, text) = (entry.Groups["name"].Value, entry.Groups["text"].Value);
        return new TroubleshootingEntry(name, text, [.. Shown().Matches(text).Select(s => new ShownSymptom(s.Groups["commands"].Value, Pattern(name, s.Groups["pattern"].Value)))]);
    }

    private static string Pattern(string entry, string pattern)
    {
        try
        {
            _ = Regex.IsMatch("", pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            return pattern;
        }
        catch (RegexParseException e)
        {
            throw new LabException($"troubleshooting unreadable: {FileName}, {entry}: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"<!-- variables -->\n```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex VariablesBlock();

    [GeneratedRegex(@"^### (?<name>[^\n]+)\n(?<text>.*?)(?=^#{1,3} |\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"```sh\n(?<commands>(?:(?!```).)*)```\n<!-- shows: (?<pattern>[^\n]+) -->", RegexOptions.Singleline)]
    private static partial Regex Shown();
}

/// <summary>One entry.</summary>
/// <param name="Name">Its heading; a defect's name where it is about one.</param>
/// <param name="Text">What stands below it.</param>
/// <param name="Symptoms">What its commands show; empty where it is only described.</param>
public sealed partial record TroubleshootingEntry(string Name, string Text, IReadOnlyList<ShownSymptom> Symptoms)
{
    /// <summary>Whether its commands send more requests than a person would, by one address that stands for many.</summary>
    public bool SendsMany => Symptoms.Any(s => ManyRequests().IsMatch(s.Commands));

    /// <summary>Its place in the file, for a link.</summary>
    public string Anchor => string.Concat(Name.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    [GeneratedRegex(@"\[1-\d+\]")]
    private static partial Regex ManyRequests();
}

/// <summary>Commands and what they show.</summary>
/// <param name="Commands">For a shell, after the variables.</param>
/// <param name="Pattern">A regular expression; some line of the output matches when the symptom is there.</param>
public sealed record ShownSymptom(string Commands, string Pattern)
{
    /// <summary>Whether an output shows it.</summary>
    public bool IsIn(string output) => Regex.IsMatch(output, Pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(1));
}
