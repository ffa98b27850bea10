namespace SreLab.Fixtures.Evidence;

/// <summary>What one command of TROUBLESHOOTING.md showed on a lab.</summary>
/// <param name="Entry">Heading of its entry: a defect's name.</param>
/// <param name="Command">The command, as it stands there.</param>
/// <param name="Shows">The pattern that stands after it.</param>
/// <param name="IsSeen">Whether a line of its output matches.</param>
/// <param name="Output">Standard output and error, shortened.</param>
public sealed record SymptomRecord(string Entry, string Command, string Shows, bool IsSeen, string Output);
