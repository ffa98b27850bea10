using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Deploys each defect in turn and looks at the workloads with the same short battery.</summary>
internal sealed class DefectMatrix(ILab lab, ILabWorkloads workloads, LabSettings settings, Objectives objectives, RunStore store, IProgressLog progress)
{
    private readonly IReadOnlyList<string> _defects = settings.Defects.Count == 0 ? WorkloadDefects.All : settings.Defects;
    private readonly List<BatteryRecord> _batteries = [];
    private readonly List<TroubleshootingLook> _looks = [];
    private readonly Troubleshooting _troubleshooting = Troubleshooting.Load(settings.RepositoryRoot);
    private readonly Dictionary<string, string> _notCarriedOut = new(StringComparer.Ordinal);

    /// <summary>Carries all of them out; the workloads are without a defect afterwards.</summary>
    public async Task<DefectsRecord> RunAsync(CancellationToken ct)
    {
        var control = await ProbeAsync(BatteryPlan.Short(""), null, ct);
        try
        {
            await FollowAsync("", _defects, ct);
            foreach (var defect in _defects)
            {
                await DeployAndProbeAsync(defect, control, ct);
                store.Write(EvidenceFiles.Defects, Record(control));
            }
        }
        finally
        {
            await RefusedLogins.RepairAsync(lab, CancellationToken.None);
            await workloads.DeployAsync(WorkloadPlan.Healthy, progress, CancellationToken.None);
        }

        return Record(control);
    }

    private DefectsRecord Record(BatteryRecord control) =>
        new() { Known = _defects, Control = control, Batteries = [.. _batteries], NotCarriedOut = new Dictionary<string, string>(_notCarriedOut), Looks = [.. _looks] };

    private async Task DeployAndProbeAsync(string defect, BatteryRecord control, CancellationToken ct)
    {
        try
        {
            _batteries.Add(await ProbeAsync(BatteryPlan.Short(defect), control, ct));
            await FollowAsync(defect, [defect], ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _notCarriedOut[defect] = e.Message.Split('\n')[0];
            progress.Say($"defect {defect} not carried out: {_notCarriedOut[defect]}");
        }
    }

    /// <summary>Follows entries of TROUBLESHOOTING.md; one that cannot be followed leaves its reason.</summary>
    private async Task FollowAsync(string deployed, IReadOnlyList<string> entries, CancellationToken ct)
    {
        var look = new SymptomLook(_troubleshooting, BatteryPlan.Instance);
        foreach (var entry in entries)
        {
            try
            {
                _looks.Add(new TroubleshootingLook(deployed, entry, await look.LookAsync(lab, entry, ct), null));
            }
            catch (LabException e)
            {
                _looks.Add(new TroubleshootingLook(deployed, entry, [], e.Message.Split('\n')[0]));
            }
        }
    }

    private async Task<BatteryRecord> ProbeAsync(BatteryPlan plan, BatteryRecord? control, CancellationToken ct)
    {
        await workloads.DeployAsync(plan.Deployment, progress, ct);
        var context = await new BatteryContext(lab, workloads, plan, settings.Seed, store, progress).ReadAsync(ct);
        var battery = await Battery.RunAsync(context, ct);
        var diagnosis = DefectsToldApart.Diagnose(battery, control ?? battery, objectives);
        progress.Say(
            $"defect {plan.Name}: breaks {List(diagnosis.Broken)}; looks like {List(diagnosis.Named)}" +
            FormattableString.Invariant($"{(diagnosis.Undecided.Count > 0 ? $"; unknown {List(diagnosis.Undecided)}" : "")} ({battery.Seconds:0} s)"));
        return battery;
    }

    private static string List(IReadOnlyList<string> items) => items.Count == 0 ? "nothing" : string.Join(", ", items);
}
