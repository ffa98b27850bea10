namespace SreLab.Fixtures.Evidence;

/// <summary>What one command of TROUBLESHOOTING.md showed on a lab.</summary>
/// <param name="Entry">Heading of its entry: a defect's name.</param>
/// <param name="Command">The command, as it stands there.</param>
/// <param name="Shows">The pattern that stands after it.</param>
/// <param name="IsSeen">Whether a line of its output matches.</param>
/// <param name="Output">Standard output and error, shortened.</param>
public sealed record SymptomRecord(string Entry, string Command, string Shows, bool IsSeen, string Output);

/// <summary>One entry of TROUBLESHOOTING.md followed on workloads with a known defect, or with none.</summary>
/// <param name="Deployed">The defect that was there; empty for none.</param>
/// <param name="Entry">The entry that was followed.</param>
/// <param name="Symptoms">What each of its commands showed.</param>
/// <param name="Problem">Why it could not be followed to its end; null when it could.</param>
public sealed record TroubleshootingLook(string Deployed, string Entry, IReadOnlyList<SymptomRecord> Symptoms, string? Problem);
