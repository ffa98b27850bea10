using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>Restores that must not happen: moments that cannot be had, and a repository with a damaged file.</summary>
internal sealed class RefusalTrials(BackupScene scene)
{
    private const string Name = "must-not-be";

    /// <summary>Tries each.</summary>
    public async Task<IReadOnlyList<RefusalRecord>> RunAsync(CancellationToken ct)
    {
        var range = await scene.Backups.RangeAsync(ct) ?? throw new LabException("refusals refused: there is no backup.");
        string[] both = [RestoreRange.Text(range.FromUtc), "possible"];
        return
        [
            await TryAsync("too-early", range.FromUtc - TimeSpan.FromHours(1), both, ct),
            await TryAsync("too-late", DateTimeOffset.UtcNow + TimeSpan.FromHours(1), both, ct),
            await DamagedAsync(ct),
        ];
    }

    private async Task<RefusalRecord> DamagedAsync(CancellationToken ct)
    {
        var full = (await scene.Backups.ReadAsync(ct)).Backups.Last(b => b.Kind == BackupKind.Full);
        var file = await scene.Backups.Faults.DamageAsync(full, ct);
        scene.Log.Event($"bytes of {file} changed");
        try
        {
            // pgBackRest names the file as it was in the data folder, or the bundle that holds it.
            return await TryAsync("damaged-file", to: null, [full.Label], ct);
        }
        finally
        {
            await scene.Backups.Faults.UndoAsync(CancellationToken.None);
        }
    }

    private async Task<RefusalRecord> TryAsync(string why, DateTimeOffset? to, IReadOnlyList<string> mustSay, CancellationToken ct)
    {
        try
        {
            await scene.Backups.RestoreAsync(new RestoreRequest(Name, to), scene.Fixture.Progress, ct);
        }
        catch (LabException e)
        {
            scene.Log.Event($"{why}: {e.Message.Split('\n')[0]}");
            return new RefusalRecord(why, true, e.Message, mustSay);
        }

        await scene.Backups.RemoveAsync(Name, CancellationToken.None);
        return new RefusalRecord(why, false, "nothing", mustSay);
    }
}
