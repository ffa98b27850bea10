using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A backup that is really taken and really fails: it cannot be stored.</summary>
internal sealed class FailedBackup : Disturbance
{
    public override string Name => "failed-backup";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("BackupFailed", "the last backup was noted as failed", async (context, ct) => await context.Lab.Sources.HasLastBackupFailedAsync(ct) is true),
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        var backups = context.Lab.Backups;
        var before = (await backups.ReadAsync(ct)).Backups;
        await backups.Faults.DenyBackupsAsync(ct);
        var reason = await FailAsync(context, ct);

        // Neither its own word nor the note is enough: it left nothing that a restore would find.
        return (await backups.ReadAsync(ct)).Backups.Select(b => b.Label).Except(before.Select(b => b.Label)).FirstOrDefault() is { } made
            ? throw new LabException($"backup {made} was to fail, and is in the repository.")
            : $"a backup that could not be stored: {reason}";
    }

    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => RepairAsync(context.Lab, context.Progress, ct);

    /// <summary>Takes back what was done to the repository, and makes good a backup that failed of it; nothing happens when nothing was done.</summary>
    /// <returns>Whether something was.</returns>
    internal static async Task<bool> RepairAsync(ILab lab, IProgressLog progress, CancellationToken ct)
    {
        if (!await lab.Backups.Faults.UndoAsync(ct))
        {
            return false;
        }

        if (await lab.Sources.HasLastBackupFailedAsync(ct) is true)
        {
            await TakeNextAsync(lab, progress, ct);
        }

        return true;
    }

    /// <summary>Takes the smallest backup that a restore can begin with.</summary>
    internal static async Task TakeNextAsync(ILab lab, IProgressLog progress, CancellationToken ct) =>
        await lab.Backups.TakeAsync((await lab.Backups.ReadAsync(ct)).Backups.Count == 0 ? BackupKind.Full : BackupKind.Incremental, progress, ct);

    /// <returns>What the backup itself said.</returns>
    private static async Task<string> FailAsync(DisturbanceContext context, CancellationToken ct)
    {
        try
        {
            await TakeNextAsync(context.Lab, context.Progress, ct);
        }
        catch (LabException e) when (!ct.IsCancellationRequested)
        {
            return e.Message.Split('\n')[0];
        }

        throw new LabException("a backup was to fail, and succeeded.");
    }
}
