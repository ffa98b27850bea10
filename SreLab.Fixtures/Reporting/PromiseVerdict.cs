using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Reporting;

/// <summary>One promise as it was judged: the row that specs, report and <c>make judge</c> share.</summary>
/// <param name="Id">Kebab-case id, the same as in <c>slos.json</c> where there is an objective.</param>
/// <param name="Stage">The stage that makes the evidence, one of <see cref="Lab.Stages"/>.</param>
/// <param name="Text">The promise as a sentence.</param>
/// <param name="Verdict">What the evidence says.</param>
public sealed record PromiseVerdict(string Id, string Stage, string Text, Verdict Verdict)
{
    /// <summary>Whether a report shows it in its table although it holds; the others share a line there.</summary>
    public bool IsHeadline { get; init; } = true;

    /// <summary>The fault of the catalogue that it is about; null for all others.</summary>
    public string? Subject { get; init; }
}
