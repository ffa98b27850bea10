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
/// <remarks>
/// A time that was missed is no symptom: a slow machine misses it with every defect and without. The one defect that shows as nothing but time adds
/// 3 to 8 s to each request: a 99th percentile of 3 s and more, twice that of the same services without a defect.
/// </remarks>
public static class DefectsToldApart
{
    private const double SlowMs = 3000;
    private const double SlowerThanControl = 2;

    /// <summary>What the judges say of a battery, and which defects would explain it; they are not told what was deployed.</summary>
    /// <param name="battery">With a defect, or the control itself.</param>
    /// <param name="control">The same services without one.</param>
    /// <param name="objectives">The limits.</param>
    public static DefectDiagnosis Diagnose(BatteryRecord battery, BatteryRecord control, Objectives objectives)
    {
        var verdicts = WorkloadJudges.All.Select(j => (j.Id, Verdict: j.Judge(battery, objectives))).ToList();
        List<string> broken = [.. verdicts.Where(v => IsSymptom(v.Id, v.Verdict, battery, control)).Select(v => v.Id)];
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
        var control = Diagnose(record.Control, record.Control, objectives);
        wrongs.AddRange(control.Broken.Select(b => $"without a defect {b} is broken: {Why(record.Control, b, objectives)}"));
        doubts.AddRange(control.Undecided.Select(u => $"without a defect {u} is unknown: {Why(record.Control, u, objectives)}"));
        foreach (var battery in record.Batteries)
        {
            Judge(battery, record.Control, objectives, wrongs, doubts);
        }

        List<string> batteries = [.. record.Batteries.Select(b => b.Defect)];
        doubts.AddRange(record.Known.Except(batteries).Except(record.NotCarriedOut.Keys).Select(d => $"{d} was not deployed"));
        doubts.AddRange(record.Known.Except(DefectCatalogue.All.Select(s => s.Defect)).Select(d => $"the catalogue does not know {d}"));
        var named = record.Batteries.Count(b => Diagnose(b, record.Control, objectives).Named is [var one] && one == b.Defect);
        return BatteryPart.Judge(
            Invariant($"each of {named} defects was named from what it breaks, and nothing was broken without one"),
            Objective,
            Invariant($"{named} of {record.Known.Count} named"),
            wrongs,
            doubts);
    }

    private static bool IsSymptom(string id, Verdict verdict, BatteryRecord battery, BatteryRecord control) =>
        verdict.Kind == VerdictKind.Broken && (!verdict.IsLate || (id == WorkloadJudges.Latency && IsSlow(battery, control)));

    private static bool IsSlow(BatteryRecord battery, BatteryRecord control) =>
        battery.Load is { } load && load.P99Ms >= SlowMs && load.P99Ms >= SlowerThanControl * (control.Load?.P99Ms ?? 0);

    private static void Judge(BatteryRecord battery, BatteryRecord control, Objectives objectives, List<string> wrongs, List<string> doubts)
    {
        if (DefectCatalogue.All.FirstOrDefault(s => s.Defect == battery.Defect) is not { } signature)
        {
            return;
        }

        var diagnosis = Diagnose(battery, control, objectives);
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
            if (verdict is { Kind: VerdictKind.Broken, IsLate: false })
            {
                wrongs.Add($"{battery.Defect} on {battery.Instance} broke {id} of another instance: {verdict.Summary}");
            }
        }
    }

    private static string Why(BatteryRecord battery, string promise, Objectives objectives) => WorkloadJudges.Judge(promise, battery, objectives).Summary;
}
