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

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("BackupStale", "the last backup noted is older than 26 h", async (context, ct) =>
            await context.Lab.Sources.LastBackupAsync(ct) is { } finished && DateTimeOffset.UtcNow - finished > TimeSpan.FromHours(26)),
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        var before = await context.Lab.Sources.LastBackupAsync(ct);
        await context.Lab.ConfigureAsync(
            new Dictionary<string, string?> { [Setting] = before?.ToString("O", CultureInfo.InvariantCulture) ?? Never }, ct);
        await context.Lab.Monitoring.RecordBackupAsync(DateTimeOffset.UtcNow - TimeSpan.FromHours(27), ct);
        return "the last backup noted as finished 27 h ago";
    }

    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => RepairAsync(context.Lab, ct);

    /// <summary>Notes again what was noted before; nothing happens when nothing was changed.</summary>
    /// <returns>Whether something was.</returns>
    internal static async Task<bool> RepairAsync(ILab lab, CancellationToken ct)
    {
        if ((await lab.GetDynamicSettingsAsync(ct)).GetValueOrDefault(Setting) is not { } before)
        {
            return false;
        }

        await lab.Monitoring.RecordBackupAsync(
            before == Never ? null : DateTimeOffset.Parse(before, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), ct);
        await lab.ConfigureAsync(new Dictionary<string, string?> { ["srelab"] = null }, ct);
        return true;
    }
}
