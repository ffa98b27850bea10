using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>What the judges say of one battery.</summary>
/// <param name="Defect">What was deployed.</param>
/// <param name="Broken">Promises judged broken.</param>
/// <param name="Undecided">Promises left unknown.</param>
/// <param name="Named">Defects of the catalogue that explain exactly what is broken.</param>
public sealed record DefectDiagnosis(string Defect, IReadOnlyList<string> Broken, IReadOnlyList<string> Undecided, IReadOnlyList<string> Named);

/// <summary>workload-defects-told-apart: each defect breaks the promises that it must, and from them it can be named; without one nothing is broken.</summary>
public static class DefectsToldApart
{
    /// <summary>What the judges say of a battery, and which defects would explain it; they are not told what was deployed.</summary>
    public static DefectDiagnosis Diagnose(BatteryRecord battery, Objectives objectives)
    {
        var verdicts = WorkloadJudges.All.Select(j => (j.Id, Verdict: j.Judge(battery, objectives))).ToList();
        List<string> broken = [.. verdicts.Where(v => v.Verdict.Kind == VerdictKind.Broken).Select(v => v.Id)];
        return new DefectDiagnosis(
            battery.Defect,
            broken,
            [.. verdicts.Where(v => v.Verdict.Kind == VerdictKind.Unknown).Select(v => v.Id)],
            [.. DefectCatalogue.All.Where(s => s.Explains(broken)).Select(s => s.Defect)]);
    }

    /// <summary>Judges the whole matrix.</summary>
    public static Verdict Check(DefectsRecord? record, Objectives objectives)
    {
        const string Objective = "each named, none without";
        if (record is null)
        {
            return Verdict.Unknown("no defect was deployed in this run", Objective);
        }

        List<string> wrongs = [];
        List<string> doubts = [.. record.NotCarriedOut.Select(n => $"{n.Key} was not carried out: {n.Value}")];
        var control = Diagnose(record.Control, objectives);
        wrongs.AddRange(control.Broken.Select(b => $"without a defect {b} is broken: {Why(record.Control, b, objectives)}"));
        doubts.AddRange(control.Undecided.Select(u => $"without a defect {u} is unknown: {Why(record.Control, u, objectives)}"));
        foreach (var battery in record.Batteries)
        {
            Judge(battery, objectives, wrongs, doubts);
        }

        List<string> batteries = [.. record.Batteries.Select(b => b.Defect)];
        doubts.AddRange(record.Known.Except(batteries).Except(record.NotCarriedOut.Keys).Select(d => $"{d} was not deployed"));
        doubts.AddRange(record.Known.Except(DefectCatalogue.All.Select(s => s.Defect)).Select(d => $"the catalogue does not know {d}"));
        var named = record.Batteries.Count(b => Diagnose(b, objectives).Named is [var one] && one == b.Defect);
        return BatteryPart.Judge(
            Invariant($"each of {named} defects was named from what it breaks, and nothing was broken without one"),
            Objective,
            Invariant($"{named} of {record.Known.Count} named"),
            wrongs,
            doubts);
    }

    private static void Judge(BatteryRecord battery, Objectives objectives, List<string> wrongs, List<string> doubts)
    {
        if (DefectCatalogue.All.FirstOrDefault(s => s.Defect == battery.Defect) is not { } signature)
        {
            return;
        }

        var diagnosis = Diagnose(battery, objectives);
        wrongs.AddRange(signature.Breaks.Except(diagnosis.Broken).Except(diagnosis.Undecided).Select(b => $"{battery.Defect} did not break {b}: {Why(battery, b, objectives)}"));
        wrongs.AddRange(diagnosis.Broken.Except(signature.Breaks).Except(signature.Follows).Select(b => $"{battery.Defect} broke {b} as well: {Why(battery, b, objectives)}"));
        doubts.AddRange(diagnosis.Undecided.Except(signature.Follows).Select(u => $"{battery.Defect} left {u} unknown: {Why(battery, u, objectives)}"));
        if (diagnosis.Named.Count > 1)
        {
            wrongs.Add($"{battery.Defect} looks like {string.Join(" and like ", diagnosis.Named)}");
        }

        // What is wrong with the others has another reason than the defect.
        var others = battery with
        {
            Liveness = [.. (battery.Liveness ?? []).Where(l => l.Instance != battery.Instance)],
            Readiness = [.. (battery.Readiness ?? []).Where(r => r.Instance != battery.Instance)],
            Restart = battery.Restart is { } restart ? restart with { Instances = [.. restart.Instances.Where(i => i.Instance != battery.Instance)] } : null,
        };
        foreach (var id in new[] { WorkloadJudges.Liveness, WorkloadJudges.Readiness })
        {
            var verdict = WorkloadJudges.Judge(id, others, objectives);
            if (verdict.Kind == VerdictKind.Broken)
            {
                wrongs.Add($"{battery.Defect} on {battery.Instance} broke {id} of another instance: {verdict.Summary}");
            }
        }
    }

    private static string Why(BatteryRecord battery, string promise, Objectives objectives) => WorkloadJudges.Judge(promise, battery, objectives).Summary;
}
