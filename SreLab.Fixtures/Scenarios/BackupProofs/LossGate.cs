using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>Whether a lab may be thrown away: not when its repository has just been shown to be no good.</summary>
internal static class LossGate
{
    /// <summary>Why not; null when it may.</summary>
    public static async Task<string?> WhyNotAsync(BackupScene scene, ArchiveRecord archive, CancellationToken ct)
    {
        if (scene.Backups.Faults.WhyNoLoss is { } reason)
        {
            return reason;
        }

        if (!archive.IsThere)
        {
            return "what is called archived is not in the repository, so the lab was not thrown away";
        }

        if (await scene.Backups.VerifyAsync(ct) is [var first, ..])
        {
            return $"the repository is damaged, so the lab was not thrown away: {first}";
        }

        return await scene.Backups.RangeAsync(ct) is { Missing.Count: 0 } range && DateTimeOffset.UtcNow - range.ToUtc <= TimeSpan.FromMinutes(1)
            ? null
            : "the archive does not reach to the present, so the lab was not thrown away";
    }
}
