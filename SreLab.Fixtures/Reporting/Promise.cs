using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Reporting;

/// <summary>One promise of the lab: what is promised, and the judge of the stored evidence.</summary>
/// <remarks>Specs, report and <c>make judge</c> all judge through this, so they cannot disagree.</remarks>
/// <param name="Id">Kebab-case, stable: it names the promise in reports, errors and self-checks.</param>
/// <param name="Stage">The stage whose record is judged.</param>
/// <param name="Text">The promise as a sentence.</param>
/// <param name="Check">Evidence and objectives in, verdict out; pure.</param>
public sealed record Promise(string Id, string Stage, string Text, Func<RunEvidence, Objectives, Verdict> Check)
{
    /// <summary>In which windows its times were taken; null for a promise that no clock decides.</summary>
    public Func<RunEvidence, IReadOnlyList<TimedWindow>>? TimedIn { get; init; }

    /// <summary>Whether the report's table shows it although it holds: the promises that a reader comes for.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>The fault of the catalogue that it is about; null for all others. A report names those of one fault together.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether it is about several repeats: the quick profile has one of each, which is no median.</summary>
    public bool IsOfRepeats { get; init; }

    /// <summary>What a target must be able to do for it to be judged; null for what every target can.</summary>
    public Capability? Needs { get; init; }

    /// <summary>What the evidence says, with what a time is worth on the machine on which it was taken.</summary>
    public Verdict Judge(RunEvidence evidence, Objectives objectives)
    {
        var verdict = Check(evidence, objectives);
        var believed = TimedIn is { } windows ? HostQuiet.Apply(verdict, windows(evidence), evidence.Host, objectives) : verdict;
        return believed.IsLate && evidence.Run is { DoTimesDecide: false } ? believed with { Kind = VerdictKind.Slow } : believed;
    }
}
