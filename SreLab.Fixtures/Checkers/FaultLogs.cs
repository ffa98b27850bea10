using System.Globalization;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>What members' logs have to show of a fault, and what they may: by its kind, its victim and who led afterwards.</summary>
internal static class FaultLogs
{
    /// <summary>Judges the logs of one fault.</summary>
    public static Verdict Check(FaultHistory fault) => LogScan.Check(fault.Logs, [FaultWindow.Of(fault.Record)], Restarted(fault), Expected(fault));

    /// <summary>Judges all faults together.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> faults) =>
        Verdict.Together([.. faults.Select(f => Check(f).Under(f.Name))], "log scan unknown: no fault was recorded.", () =>
        {
            var lines = faults.Sum(f => f.Logs!.Lines.Sum(l => l.Value.Count));
            return (
                string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines of members' logs in {faults.Count} faults: no panic, no damage, no crash, no unexplained FATAL."),
                string.Create(CultureInfo.InvariantCulture, $"0 of {lines:N0} lines"));
        });

    /// <summary>Members whose server was started meanwhile: who lost the primary's role always is, since a primary becomes a standby by a start.</summary>
    internal static IReadOnlyCollection<string> Restarted(FaultHistory fault)
    {
        var record = fault.Record;
        return record.Kind switch
        {
            FaultKinds.PowerLoss or FaultKinds.RollingRestart => [.. record.MembersAfter.Select(m => m.Name)],
            FaultKinds.KillStandby or FaultKinds.DamagePage => [record.Victim],
            _ => record.NewPrimary != record.OldPrimary ? [record.OldPrimary] : [],
        };
    }

    /// <summary>Messages that the fault itself brings about.</summary>
    internal static IReadOnlyList<ExpectedLogLine> Expected(FaultHistory fault)
    {
        var record = fault.Record;
        return record.Kind switch
        {
            FaultKinds.DamagePage =>
            [
                new(record.Victim, "page verification failed", "the page was damaged for this"),
                new(record.Victim, "invalid page in block", "the page was damaged for this"),
            ],
            FaultKinds.FillVolume =>
            [
                // xlog.c, XLogFileInit and XLogWrite: WAL that cannot be written is a PANIC, which ends a server by abort().
                new(record.OldPrimary, "No space left on device", "the volume was filled for this"),
                new(record.OldPrimary, "was terminated by signal 6", "a PANIC aborts the process that meets it"),
            ],
            _ => [],
        };
    }
}
