using System.Globalization;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Checkers;

/// <summary>No acknowledged write is lost, and nothing is there that should not be.</summary>
/// <remarks>
/// Method: every id of the ledger is looked up in what each member held after the heal, with writes stopped.
/// <list type="bullet">
/// <item><b>lost</b>: acknowledged and absent on a member. Breaks the promise.</item>
/// <item><b>unexpected</b>: present and never attempted. Breaks it: data came from nowhere.</item>
/// <item><b>refused but present</b>: the server said no and did it. Breaks it.</item>
/// <item><b>duplicated</b>: one id more than once. Breaks it.</item>
/// <item><b>diverged</b>: indeterminate, and present on some members only. Breaks it: the members disagree after the heal.</item>
/// <item><b>recovered</b>: indeterminate and present everywhere. Fine, and so is indeterminate and absent everywhere: a client that
/// was never answered cannot expect either.</item>
/// </list>
/// </remarks>
public static class Durability
{
    private const int IdsShown = 5;

    /// <summary>Judges one fault.</summary>
    /// <param name="history">Ledger and read-back of the fault.</param>
    /// <param name="objectives">The allowed number of lost writes, and the rate below which a run is no evidence.</param>
    public static Verdict Check(FaultHistory history, Objectives objectives)
    {
        var count = WriteCount.Of(history);
        var objective = string.Create(CultureInfo.InvariantCulture, $"{objectives.AcknowledgedWritesLost} lost");
        var measured = string.Create(CultureInfo.InvariantCulture, $"{count.Lost.Count} lost of {count.Acknowledged:N0}");

        var broken = count.Wrongs(objectives.AcknowledgedWritesLost)
            .Select(wrong => string.Create(
                CultureInfo.InvariantCulture,
                $"{history.Name}: {wrong.Findings.Count:N0} {wrong.Name}: {string.Join(", ", wrong.Findings.Take(IdsShown))}{(wrong.Findings.Count > IdsShown ? ", ..." : "")}"))
            .ToList();
        if (broken.Count > 0)
        {
            var seen = string.Join(", ", count.Wrongs(objectives.AcknowledgedWritesLost).Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Findings.Count:N0} {w.Name}")));
            return Verdict.Broken(
                string.Create(CultureInfo.InvariantCulture, $"durability broken in {history.Name}: {seen}; {count.Acknowledged:N0} writes were acknowledged."),
                objective, measured, broken);
        }

        var unknown = Doubts(history, objectives).ToList();
        return unknown.Count > 0
            ? Verdict.Unknown($"durability unknown in {history.Name}: {unknown[0]}.", objective, details: unknown)
            : Verdict.Holds(
                string.Create(CultureInfo.InvariantCulture, $"all {count.Acknowledged:N0} acknowledged writes of {history.Name} are on every member."),
                objective,
                measured,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{history.Name}: {count.Acknowledged:N0} acknowledged, {count.Refused:N0} refused, {count.Indeterminate:N0} indeterminate, of which {count.Recovered:N0} are present on every member"));
    }

    /// <summary>Judges a ledger that was written without a fault.</summary>
    public static Verdict Undisturbed(FaultHistory? history, Objectives objectives) =>
        history is null ? Verdict.Unknown("durability unknown: no ledger was written in this run.") : Check(history, objectives);

    /// <summary>Judges all faults together: any broken wins, then any unknown; the measure counts over all of them.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> histories, Objectives objectives)
    {
        var verdicts = histories.Select(h => Check(h, objectives)).ToList();
        var worst = Verdict.Worst(verdicts, "durability unknown: no fault was recorded.");
        if (worst.Kind == VerdictKind.Unknown)
        {
            return worst;
        }

        var counts = histories.Select(WriteCount.Of).ToList();
        var acknowledged = counts.Sum(c => c.Acknowledged);
        return worst with
        {
            Summary = worst.Kind == VerdictKind.Broken
                ? worst.Summary
                : string.Create(CultureInfo.InvariantCulture, $"all {acknowledged:N0} acknowledged writes of {histories.Count} faults are on every member."),
            Measured = string.Create(CultureInfo.InvariantCulture, $"{counts.Sum(c => c.Lost.Count)} lost of {acknowledged:N0} over {histories.Count} faults"),
            Details = [.. verdicts.SelectMany(v => v.Details).Take(20)],
        };
    }

    private static IEnumerable<string> Doubts(FaultHistory history, Objectives objectives)
    {
        var acknowledged = history.Operations.Where(o => o.Outcome == Outcome.Acknowledged).ToList();
        if (acknowledged.Count == 0)
        {
            yield return "no write was acknowledged at all";
            yield break;
        }

        if (history.Missed is { } missed)
        {
            yield return missed;
        }

        var rate = LedgerRate.Before(acknowledged, history.Record.InjectedMs);
        if ((decimal)rate < objectives.MinimumLedgerRate)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the ledger reached {rate:0.#} writes/s before the fault; {objectives.MinimumLedgerRate:0.#} are needed for the result to mean anything");
        }

        if (!acknowledged.Any(o => o.SentMs > history.Record.SeenMs))
        {
            yield return "no write was acknowledged after the fault";
        }

        var members = history.Record.MembersAfter.Select(m => m.Name).ToList();
        if (members.Count == 0)
        {
            yield return "the members after the heal were not recorded";
        }

        foreach (var member in members.Concat(history.Record.ReadBackFiles.Keys).Distinct().Where(m => !history.ReadBack.ContainsKey(m)))
        {
            yield return $"{member} was not read back";
        }

        if (history.IsTorn)
        {
            yield return "the history lost its last line, so an outcome is missing";
        }
    }
}
