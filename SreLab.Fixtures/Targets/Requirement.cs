namespace SreLab.Fixtures.Targets;

/// <summary>One thing that a target must have.</summary>
/// <param name="Name">What.</param>
/// <param name="IsMet">Whether it is there.</param>
/// <param name="Found">What was found: a version, a size, or what is wrong.</param>
/// <param name="Fix">The command or step that mends it; empty when met.</param>
public sealed record Requirement(string Name, bool IsMet, string Found, string Fix);
