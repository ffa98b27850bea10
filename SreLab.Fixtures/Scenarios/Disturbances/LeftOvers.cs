using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>What a disturbance leaves in the lab when its process is killed in the middle of it.</summary>
/// <remarks>
/// Each is found in the lab itself, by a name or a value that nobody else uses. Sessions end with their process; dead programs and members
/// are started by the lab's own repair; rules are put back when a process attaches to the lab.
/// </remarks>
internal sealed class LeftOvers
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private readonly ILab _lab;
    private readonly IProgressLog _progress;
    private readonly List<string> _undone = [];

    private LeftOvers(ILab lab, IProgressLog progress)
    {
        _lab = lab;
        _progress = progress;
    }

    /// <summary>Finds and undoes them, and waits until the cluster is whole when there were any that keep it from being so.</summary>
    /// <returns>What was undone, one clause each; empty when there was nothing.</returns>
    /// <exception cref="LabException">There is no primary, or something could not be undone.</exception>
    public static async Task<IReadOnlyList<string>> UndoAsync(ILab lab, IProgressLog progress, CancellationToken ct)
    {
        var leftOvers = new LeftOvers(lab, progress);
        await leftOvers.RunAsync(ct);
        return leftOvers._undone;
    }

    private async Task RunAsync(CancellationToken ct)
    {
        var settings = await Wait.UntilAsync(
            Bounds.NewPrimaryAfterFailover,
            "the cluster manager to tell its settings",
            async token => (await _lab.GetDynamicSettingsAsync(token), ""),
            PollInterval,
            ct);

        // First of all: asleep, it would neither demote a second primary nor promote a standby.
        if (settings.ContainsKey(PromotedStandby.Setting))
        {
            await PromotedStandby.PauseAsync(_lab, isPaused: false, ct);
            Note(true, "Patroni was paused");
        }

        await Wait.UntilAsync(
            Bounds.NewPrimaryAfterFailover,
            "one primary behind the read-write endpoint",
            async token =>
            {
                var state = await _lab.GetClusterStateAsync(token);
                var answers = await AdminSql.RunAsync(_lab, Place.ReadWrite, "select not pg_is_in_recovery()", token) is true;
                return (answers && state.Primary is not null ? state : null, state.Describe());
            },
            PollInterval,
            ct);
        Note(await CutStreams.RepairAsync(_lab, ct), "the standbys' role was not allowed to log in");
        if (_undone.Count > 0)
        {
            await WholeAgain.WaitAsync(_lab, _progress, ct);
        }

        await UndoHarmlessAsync(settings, ct);
    }

    private async Task UndoHarmlessAsync(IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        if (settings.Keys.Any(k => k.StartsWith(UnreadSlot.Setting, StringComparison.Ordinal)))
        {
            await _lab.ConfigureAsync(new Dictionary<string, string?> { [UnreadSlot.Setting] = null }, ct);
            Note(true, "a slot was kept for nobody");
        }

        foreach (var member in _lab.Members)
        {
            Note(await TryAsync(() => HeldReplay.ResetAsync(_lab, member, ct), ct), $"{member} waited too long for its readers");
        }

        Note(await RefusedLogins.RepairAsync(_lab, ct), "the application's role was not allowed to log in");
        Note(await OldBackup.RepairAsync(_lab, ct), "an old backup was noted");
        Note(await DeniedExporter.RepairAsync(_lab, ct), "the exporters' role was denied a function");
        Note(await AgedDatabase.DropAsync(_lab, ct), "an aged database was there");
        Note(await BrokenArchiving.RepairAsync(_lab, ct), "archive_command was broken");
        Note(await FailedBackup.RepairAsync(_lab, _progress, ct), "the repository of the backups was broken");
        if (_lab.Faults.WhyNoVolume is null)
        {
            await _lab.Faults.RemoveVolumeAsync(ct);
        }
    }

    private void Note(bool isUndone, string what)
    {
        if (isUndone)
        {
            _undone.Add(what + ", left over from a disturbance");
        }
    }

    /// <summary>A member that does not answer is for the lab's repair.</summary>
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
