using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Checkers;

/// <summary>The three values of a judgement. Unknown is not a pass.</summary>
public enum VerdictKind
{
    /// <summary>The evidence does not suffice to say.</summary>
    Unknown = 0,

    /// <summary>The promise held.</summary>
    Holds = 1,

    /// <summary>The promise was broken.</summary>
    Broken = 2,

    /// <summary>Nothing but a time was missed, in a run in which times do not decide: the suite's own test, on any machine.</summary>
    Slow = 3,
}

/// <summary>A judgement of one promise on one record.</summary>
/// <param name="Kind">Holds, broken or unknown.</param>
/// <param name="Summary">One sentence that stands alone: promise, what was seen, limit.</param>
/// <param name="Objective">The limit with its unit as a report shows it; empty when the promise has no number.</param>
/// <param name="Measured">What was seen with its unit as a report shows it.</param>
/// <param name="Details">Further lines: which ids, which member, which second. At most a screenful.</param>
public sealed record Verdict(VerdictKind Kind, string Summary, string Objective, string Measured, IReadOnlyList<string> Details)
{
    /// <summary>The share of the run's error budget that was spent, 1 = all of it; null where the promise has no budget.</summary>
    public double? BudgetSpent { get; init; }

    /// <summary>Nothing but a time was missed: all else that was promised held.</summary>
    public bool IsLate { get; init; }

    /// <summary>Unknown because the machine was disturbed while a time was taken.</summary>
    public bool IsDisturbed { get; init; }

    /// <summary>How a report and a terminal name it.</summary>
    [JsonIgnore]
    public string Word => Kind.ToString().ToLowerInvariant();

    /// <summary>A promise that held.</summary>
    public static Verdict Holds(string summary, string objective = "", string measured = "", params IReadOnlyList<string> details) =>
        new(VerdictKind.Holds, summary, objective, measured, details);

    /// <summary>A promise that was broken.</summary>
    public static Verdict Broken(string summary, string objective = "", string measured = "", params IReadOnlyList<string> details) =>
        new(VerdictKind.Broken, summary, objective, measured, details);

    /// <summary>A promise of which nothing but a time was missed.</summary>
    public static Verdict Late(string summary, string objective = "", string measured = "", params IReadOnlyList<string> details) =>
        Broken(summary, objective, measured, details) with { IsLate = true };

    /// <summary>A promise on which the evidence does not suffice.</summary>
    public static Verdict Unknown(string summary, string objective = "", string measured = "unknown", params IReadOnlyList<string> details) =>
        new(VerdictKind.Unknown, summary, objective, measured, details);

    /// <summary>One verdict over many: any broken wins, one of a time alone last, then any unknown, then holds; none at all is unknown.</summary>
    /// <param name="verdicts">What is merged; the worst one gives summary and measure.</param>
    /// <param name="nothing">The summary when there is nothing to merge.</param>
    public static Verdict Worst(IReadOnlyCollection<Verdict> verdicts, string nothing)
    {
        if (verdicts.Count == 0)
        {
            return Unknown(nothing);
        }

        return verdicts.FirstOrDefault(v => v is { Kind: VerdictKind.Broken, IsLate: false })
            ?? verdicts.FirstOrDefault(v => v.Kind == VerdictKind.Broken)
            ?? verdicts.FirstOrDefault(v => v.Kind == VerdictKind.Unknown)
            ?? verdicts.First();
    }

    /// <summary>The same, with each detail under a name, where several are told together.</summary>
    public Verdict Under(string name) => this with { Details = [.. Details.Select(d => $"{name}: {d}")] };

    /// <summary>One verdict over the faults of a kind: as <see cref="Worst"/>, and where all hold, told with the details of every one.</summary>
    /// <param name="verdicts">What is merged.</param>
    /// <param name="nothing">The summary when there is nothing to merge.</param>
    /// <param name="told">Summary and measure of several that hold; the first one's when null.</param>
    public static Verdict Together(IReadOnlyCollection<Verdict> verdicts, string nothing, Func<(string Summary, string Measured)>? told = null)
    {
        var worst = Worst(verdicts, nothing);
        if (worst.Kind != VerdictKind.Holds || verdicts.Count == 1)
        {
            return worst;
        }

        var (summary, measured) = told is null ? (worst.Summary, worst.Measured) : told();
        return worst with { Summary = summary, Measured = measured, Details = [.. verdicts.SelectMany(v => v.Details)] };
    }
}
