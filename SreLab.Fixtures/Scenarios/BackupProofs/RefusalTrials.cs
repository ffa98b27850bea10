using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>Restores that must not happen: moments that cannot be had, and a repository with a damaged file.</summary>
/// <param name="scene">Where.</param>
/// <param name="notCarriedOut">Told of a trial that could not be made, and why.</param>
/// <param name="notOffered">Told of a trial that this target cannot make, and why.</param>
internal sealed class RefusalTrials(BackupScene scene, IDictionary<string, string> notCarriedOut, IDictionary<string, string> notOffered)
{
    private const string Name = "must-not-be";

    /// <summary>Tries each.</summary>
    public async Task<IReadOnlyList<RefusalRecord>> RunAsync(CancellationToken ct) =>
    [
        .. await AttemptAsync([RefusalRecord.TooEarly, RefusalRecord.TooLate], MomentsAsync, ct),
        .. await AttemptAsync([RefusalRecord.DamagedFile], DamagedAsync, ct),
    ];

    private async Task<IReadOnlyList<RefusalRecord>> AttemptAsync(string[] names, Func<CancellationToken, Task<IReadOnlyList<RefusalRecord>>> trial, CancellationToken ct)
    {
        try
        {
            return await trial(ct);
        }
        catch (LabException e)
        {
            foreach (var name in names)
            {
                notCarriedOut[name] = e.Message.Split('\n')[0];
            }

            return [];
        }
    }

    private async Task<IReadOnlyList<RefusalRecord>> MomentsAsync(CancellationToken ct)
    {
        var range = await scene.Backups.RangeAsync(ct) ?? throw new LabException("there is no backup.");
        string[] both = [RestoreRange.Text(range.FromUtc), "possible"];
        return
        [
            await TryAsync(RefusalRecord.TooEarly, range.FromUtc - TimeSpan.FromHours(1), both, ct),
            await TryAsync(RefusalRecord.TooLate, DateTimeOffset.UtcNow + TimeSpan.FromHours(1), both, ct),
        ];
    }

    private async Task<IReadOnlyList<RefusalRecord>> DamagedAsync(CancellationToken ct)
    {
        if (scene.Backups.Faults.WhyNoDamage is { } reason)
        {
            notOffered[RefusalRecord.DamagedFile] = reason;
            return [];
        }

        try
        {
            var full = (await scene.Backups.ReadAsync(ct)).Backups.Last(b => b.Kind == BackupKind.Full);
            var file = await scene.Backups.Faults.DamageAsync(full, ct);
            scene.Log.Event($"bytes of {file} changed");

            // pgBackRest names the file as it was in the data folder.
            return [await TryAsync(RefusalRecord.DamagedFile, to: null, [full.Label], ct)];
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
