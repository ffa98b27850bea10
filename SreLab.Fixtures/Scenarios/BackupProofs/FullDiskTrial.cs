using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.BackupProofs;

/// <summary>The disk of the repository is full while clients write, until there is room again.</summary>
internal sealed class FullDiskTrial(BackupScene scene)
{
    private const string Alert = "WalArchivingFailing";
    private const long DiskBytes = 48 << 20;

    private const string Fails =
        "select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver";

    /// <summary>Fills, waits for the alert, frees.</summary>
    public async Task<DiskFullRecord> RunAsync(CancellationToken ct)
    {
        try
        {
            await scene.Backups.Faults.FillDiskAsync(DiskBytes, ct);
            var fromMs = scene.Clock.NowMs;
            var fullUtc = DateTimeOffset.UtcNow;
            scene.Log.Event("the repository's disk is full");
            using var window = scene.Fixture.FaultWindows.Open("repository-disk-full", "lab");
            await AdminSql.RunAsync(scene.Lab, Place.ReadWrite, "select pg_logical_emit_message(true, 'srelab', 'segment'); select pg_switch_wal()", ct);
            var failed = await Awaited.SecondsAsync(
                Bounds.ConditionCaused, "archiving to fail", async token => await AdminSql.RunAsync(scene.Lab, Place.ReadWrite, Fails, token) is true, ct);
            var told = await Awaited.SecondsAsync(Bounds.AlertDelivered, Alert + " to be delivered", _ => Task.FromResult(IsTold(fullUtc)), ct);
            var toldSeconds = told is null ? (double?)null : (scene.Fixture.Receiver.Received.First(n => IsIt(n, fullUtc)).ReceivedUtc - fullUtc).TotalSeconds;
            scene.Log.Event(told is null ? $"{Alert} was not delivered" : FormattableString.Invariant($"{Alert} was delivered after {toldSeconds:0.0} s"));
            var untilMs = scene.Clock.NowMs;
            await scene.Backups.Faults.FreeDiskAsync(ct);
            scene.Log.Event("there is room again");
            return new DiskFullRecord(failed, Alert, toldSeconds, fromMs, untilMs, await scene.ArchiveAsync(ct));
        }
        finally
        {
            await scene.Backups.Faults.RemoveDiskAsync(CancellationToken.None);
        }
    }

    private bool IsTold(DateTimeOffset since) => scene.Fixture.Receiver.Received.Any(n => IsIt(n, since));

    private static bool IsIt(NotificationRecord notification, DateTimeOffset since) =>
        notification.Alert == Alert && notification.Status == "firing" && notification.ReceivedUtc >= since;
}
