using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>What a disturbance leaves in the lab when its process is killed in the middle of it.</summary>
/// <remarks>
/// Each is found in the lab itself, by a name or a value that nobody else uses. Sessions end with their process; dead programs and members
/// are started by the lab's own repair; rules are put back when a process attaches to the lab.
/// </remarks>
internal static class LeftOvers
{
    /// <summary>Finds and undoes them, and waits until the cluster is whole when there were any.</summary>
    /// <returns>What was undone, one clause each; empty when there was nothing.</returns>
    /// <exception cref="LabException">Something could not be undone.</exception>
    public static async Task<IReadOnlyList<string>> UndoAsync(ILab lab, IProgressLog progress, CancellationToken ct)
    {
        var undone = new List<string>();
        void Note(bool isUndone, string what)
        {
            if (isUndone)
            {
                undone.Add(what);
                progress.Say("left over from a disturbance: " + what);
            }
        }

        // The cluster manager first: asleep, it would neither demote a second primary nor take other settings to the servers.
        var settings = await lab.GetDynamicSettingsAsync(ct);
        if (settings.ContainsKey(PromotedStandby.Setting))
        {
            await PromotedStandby.PauseAsync(lab, isPaused: false, ct);
            Note(true, "Patroni was paused");
        }

        foreach (var member in lab.Members)
        {
            Note(await TryAsync(() => CutStreams.ReconnectAsync(lab, member, ct), ct), $"{member} looked for its primary where there is none");
            Note(await TryAsync(() => PausedReplay.ResumeAsync(lab, member, ct), ct), $"WAL replay of {member} was paused");
        }

        Note(await OldBackup.RepairAsync(lab, ct), "an old backup was noted");
        if (settings.Keys.Any(k => k.StartsWith(UnreadSlot.Setting, StringComparison.Ordinal)))
        {
            await lab.ConfigureAsync(new Dictionary<string, string?> { [UnreadSlot.Setting] = null }, ct);
            Note(true, "a slot was kept for nobody");
        }

        if (lab.Faults.WhyNoVolume is null)
        {
            await lab.Faults.RemoveVolumeAsync(ct);
        }

        if (undone.Count > 0)
        {
            await WholeAgain.WaitAsync(lab, progress, ct);
        }

        Note(await DeniedExporter.RepairAsync(lab, ct), "the exporters' role was denied a function");
        Note(await AgedDatabase.DropAsync(lab, ct), "an aged database was there");
        Note(await BrokenArchiving.RepairAsync(lab, ct), "archive_command was broken");
        return undone;
    }

    /// <summary>A member that does not answer is for the lab's repair; when it is back, Patroni has cleaned its settings.</summary>
    private static async Task<bool> TryAsync(Func<Task<bool>> repair, CancellationToken ct)
    {
        try
        {
            return await repair();
        }
        catch (Exception e) when (SourceSql.IsNoAnswer(e, ct))
        {
            return false;
        }
    }
}
