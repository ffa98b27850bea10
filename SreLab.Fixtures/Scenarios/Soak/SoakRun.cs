using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Host;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Scenarios.Soak;

/// <summary>Fault after fault on one lab, with one ledger table over all of them; ends at the first broken promise.</summary>
/// <remarks>
/// Each fault is judged as soon as it is over, and the ids of all faults are read back once more at the end: what an early fault
/// acknowledged must have outlived the later ones. An outage beyond its limit is noted and does not end the run: it loses no data.
/// </remarks>
public static class SoakRun
{
    /// <summary>File of the record in the run's folder; the summary lies beside it.</summary>
    public const string FileName = "soak.json";

    /// <summary>File of the summary.</summary>
    public const string SummaryName = "soak.md";

    /// <summary>Carries the steps out.</summary>
    /// <param name="scene">A lab of its own, seeded.</param>
    /// <param name="steps">What to do.</param>
    /// <param name="objectives">What is promised.</param>
    /// <param name="only">Kinds that the steps were drawn from, when not from all.</param>
    /// <param name="ct">Cancels; what is done so far is kept.</param>
    public static async Task<SoakRecord> RunAsync(
        FaultScene scene, IReadOnlyList<SoakStep> steps, Objectives objectives, IReadOnlyList<string> only, CancellationToken ct)
    {
        await using var watch = new HostWatch(scene.Store.PathOf(EvidenceFiles.Host), scene.Lab.OwnsProcess);
        List<SoakStepRecord> done = [];
        var record = Keep("stopped before its end");
        foreach (var step in steps)
        {
            scene.Progress.Say(FormattableString.Invariant($"fault {step.Number} of {steps.Count}: {step.Name}"));
            done.Add(await CarryOutAsync(scene, step, objectives, ct).ConfigureAwait(false));
            record = Keep("stopped before its end");
            if (done[^1].Stops is { } reason)
            {
                return Keep($"stopped at fault {step.Number}, {step.Name}: {reason}");
            }
        }

        var survived = await SurvivedLedger.CheckAsync(scene, ct).ConfigureAwait(false);
        return Keep(survived.Kind == VerdictKind.Holds ? null : survived.Summary, survived);

        SoakRecord Keep(string? stopped, Verdict? ledger = null)
        {
            var kept = new SoakRecord
            {
                Seed = scene.Settings.Seed,
                Planned = steps.Count,
                Only = only,
                Steps = [.. done],
                Stopped = stopped,
                Ledger = ledger,
            };
            scene.Store.Write(FileName, kept);
            File.WriteAllText(scene.Store.PathOf(SummaryName), SoakSummary.Write(kept));
            return kept;
        }
    }

    private static async Task<SoakStepRecord> CarryOutAsync(FaultScene scene, SoakStep step, Objectives objectives, CancellationToken ct)
    {
        var record = new SoakStepRecord { Number = step.Number, Kind = step.Fault.Kind, Second = step.Second?.Kind };
        try
        {
            var fault = await FaultExperiment.RunAsync(scene with { Folder = EvidenceFiles.FolderOf(step.Fault) }, step.Fault, step.Number, ct, step.Second).ConfigureAwait(false);
            var history = FaultHistory.Load(scene.Store, fault);
            var outage = WriteOutage.Measure(history);
            await FaultIncidents.WriteAsync(scene.Store, history, objectives, ct).ConfigureAwait(false);
            var verdicts = SoakJudge.Judge(history, step, HostHistory.Load(scene.Store.PathOf(EvidenceFiles.Host)), objectives);
            foreach (var verdict in verdicts.Where(v => v.Verdict.Kind != VerdictKind.Holds))
            {
                scene.Progress.Say($"{verdict.Verdict.Kind.ToString().ToUpperInvariant()} {verdict.Name}: {verdict.Verdict.Summary}");
            }

            return record with
            {
                StartedUtc = fault.StartedUtc,
                Signalled = fault.Signalled,
                Acknowledged = history.Operations.Count(o => o.Outcome == Outcome.Acknowledged),
                OutageSeconds = outage?.Seconds,
                IsCensored = outage?.IsCensored ?? true,
                TookOver = fault.NewPrimary != fault.OldPrimary,
                Verdicts = verdicts.ToDictionary(v => v.Name, v => v.Verdict, StringComparer.Ordinal),
            };
        }
        catch (LabException e)
        {
            return record with { Failure = e.Message };
        }
    }
}
