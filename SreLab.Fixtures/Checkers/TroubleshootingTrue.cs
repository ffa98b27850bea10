using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>troubleshooting-true: each entry of TROUBLESHOOTING.md shows its defect when it is there, and nothing when it is not.</summary>
public static class TroubleshootingTrue
{
    private const string Objective = "seen with the defect, not without";

    /// <summary>Judges what the commands showed.</summary>
    /// <param name="record">The defects' record; null, or an entry that was not followed, is unknown.</param>
    public static Verdict Check(DefectsRecord? record)
    {
        if (record is null || record.Looks.Count == 0)
        {
            return Verdict.Unknown("no entry of TROUBLESHOOTING.md was followed", Objective);
        }

        string[] wrongs = [.. record.Looks.Where(l => l.Problem is null).SelectMany(Wrongs)];
        string[] doubts =
        [
            .. record.Looks.Where(l => l.Problem is not null).Select(l => $"{l.Entry}, {Deployment(l)}: {l.Problem}"),
            .. record.Known.Where(d => !record.Looks.Any(l => l.Deployed == d && l.Entry == d)).Select(d => $"{d} was not looked for where it is"),
            .. record.Known.Where(d => !record.Looks.Any(l => l.Deployed.Length == 0 && l.Entry == d)).Select(d => $"{d} was not looked for where nothing is"),
        ];
        var measured = FormattableString.Invariant($"{record.Looks.Count} followed, {wrongs.Length} wrong");
        return wrongs.Length > 0 ? Verdict.Broken($"TROUBLESHOOTING.md is not true: {wrongs[0]}", Objective, measured, [.. wrongs, .. doubts])
            : doubts.Length > 0 ? Verdict.Unknown($"TROUBLESHOOTING.md was not followed to its end: {doubts[0]}", Objective, measured, doubts)
            : Verdict.Holds($"each of {record.Known.Count} entries shows its defect, and nothing without it", Objective, measured);
    }

    private static IEnumerable<string> Wrongs(TroubleshootingLook look)
    {
        if (look.Symptoms.Count == 0)
        {
            yield return $"{look.Entry} has no command that shows anything";
        }
        else if (look.Deployed.Length > 0)
        {
            foreach (var missed in look.Symptoms.Where(s => !s.IsSeen))
            {
                yield return $"{look.Entry} is there and not seen: {missed.Shows} is not in: {OneLine(missed.Output)}";
            }
        }
        else if (look.Symptoms.All(s => s.IsSeen))
        {
            yield return $"{look.Entry} is seen where it is not: {OneLine(look.Symptoms[^1].Output)}";
        }
    }

    private static string Deployment(TroubleshootingLook look) => look.Deployed.Length > 0 ? "with it" : "without it";

    private static string OneLine(string output) => output.Trim().ReplaceLineEndings(" | ");
}
