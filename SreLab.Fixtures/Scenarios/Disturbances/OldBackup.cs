using System.Globalization;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The last good backup was finished more than a day ago: noted where the monitoring looks for it.</summary>
internal sealed class OldBackup : Disturbance
{
    /// <summary>Keeps what was noted before, so that it can be put back even when this process is killed; the cluster manager does not know the name.</summary>
    internal const string Setting = "srelab.backup_before";

    private const string Never = "never";

    public override string Name => "old-backup";

    private DateTimeOffset? _before;
    private bool _isChanged;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("BackupStale", "the last backup noted is older than 26 h", async (context, ct) =>
            await context.Lab.Sources.LastBackupAsync(ct) is { } finished && DateTimeOffset.UtcNow - finished > TimeSpan.FromHours(26)),
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _before = await context.Lab.Sources.LastBackupAsync(ct);
        _isChanged = true;
        await context.Lab.ConfigureAsync(
            new Dictionary<string, string?> { [Setting] = _before?.ToString("O", CultureInfo.InvariantCulture) ?? Never }, ct);
        await context.Lab.Monitoring.RecordBackupAsync(DateTimeOffset.UtcNow - TimeSpan.FromHours(27), ct);
        return "the last backup noted as finished 27 h ago";
    }

    /// <remarks>From memory: a member of the cluster may tell of a setting only after its next loop, and this is healed within a second.</remarks>
    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => _isChanged ? NoteAsync(context.Lab, _before, ct) : Task.CompletedTask;

    /// <summary>Notes again what a killed run found noted; nothing happens when none was killed.</summary>
    /// <returns>Whether something was.</returns>
    internal static async Task<bool> RepairAsync(ILab lab, CancellationToken ct)
    {
        if ((await lab.GetDynamicSettingsAsync(ct)).GetValueOrDefault(Setting) is not { } before)
        {
            return false;
        }

        await NoteAsync(lab, before == Never ? null : DateTimeOffset.Parse(before, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), ct);
        return true;
    }

    private static async Task NoteAsync(ILab lab, DateTimeOffset? finished, CancellationToken ct)
    {
        await lab.Monitoring.RecordBackupAsync(finished, ct);
        await lab.ConfigureAsync(new Dictionary<string, string?> { ["srelab"] = null }, ct);
    }
}
