using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.BackupProofs;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A defect of backups or restores.</summary>
internal abstract class BackupPlant : Plant
{
    public override string SpecClass => "When_backups_are_restored";

    public override IReadOnlyList<string> MustBeRed => ["Each_restore_holds_its_moment_row_for_row"];

    /// <summary>What rests on a repository that is known to be bad is not tried: a lab is not thrown away for it.</summary>
    public override IReadOnlyList<string> MayBeRed => [.. Others.Except(MustBeRed)];

    private static IReadOnlyList<string> Others { get; } =
    [
        "With_all_members_lost_no_more_than_the_objective_is_gone", "With_all_members_lost_the_lab_comes_back_from_the_repository", "Restored_clusters_accept_queries_in_time",
        "Impossible_restores_are_refused_by_name", "What_is_called_archived_is_in_the_repository", "The_running_lab_is_left_alone",
        "A_full_disk_of_the_repository_is_told_and_loses_nothing",
    ];
}

/// <summary>A segment is gone from the archive.</summary>
internal sealed class RemovedSegment : BackupPlant
{
    public override string Id => "removed-segment";

    public override string Defect => "a segment of WAL is taken out of the repository before the restores";

    public override PlantPoint Point => PlantPoint.BeforeRestores;

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var range = await lab.Backups.RangeAsync(ct) ?? throw new LabException($"plant {Id} refused: there is no backup.");
        var before = range.LastSegment with { Number = range.LastSegment.Number - 1 };
        var archive = (await lab.Backups.ReadAsync(ct)).Archive.Select(a => a.Segment).ToList();
        var victim = archive.Contains(before) ? before : archive.Where(s => s.Number == before.Number).DefaultIfEmpty(range.LastSegment).First();
        await lab.Backups.Faults.RemoveSegmentAsync(victim, ct);
        return TakenBackBy(() => lab.Backups.Faults.UndoAsync(CancellationToken.None), progress);
    }
}

/// <summary>What a restore goes to is not what was recorded.</summary>
internal sealed class WrongTarget : BackupPlant
{
    public override string Id => "wrong-target";

    public override string Defect => "something is written between the reading of a moment's content and the moment that is restored to";

    public override PlantPoint Point => PlantPoint.AtMoment;

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        await AdminSql.RunAsync(
            lab, Place.ReadWrite, FormattableString.Invariant($"create table {DrillTables.Schema}.late_{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} as select 1 as one"), ct);
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}

/// <summary>A restored cluster is not what was backed up.</summary>
internal sealed class AlteredRestore : BackupPlant
{
    public override string Id => "altered-restore";

    public override string Defect => "a payment is deleted in each restored cluster before it is looked at";

    public override PlantPoint Point => PlantPoint.AfterRestore;

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        foreach (var cluster in lab.Backups.Restored)
        {
            await using var connection = ProvenConnections.Create(cluster.ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("delete from shop.payments where id = (select min(id) from shop.payments)", connection);
            await command.ExecuteNonQueryAsync(ct);
        }

        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}

/// <summary>The repository cannot be read any more.</summary>
internal sealed class LostKey : BackupPlant
{
    public override string Id => "lost-key";

    public override string Defect => "the key of the repository is replaced by another before the restores";

    public override PlantPoint Point => PlantPoint.BeforeRestores;

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        await lab.Backups.Faults.LoseKeyAsync(ct);
        return TakenBackBy(() => lab.Backups.Faults.UndoAsync(CancellationToken.None), progress);
    }
}

/// <summary>PostgreSQL is told that everything is archived.</summary>
internal sealed class SilentArchiver : BackupPlant
{
    public override string Id => "silent-archiver";

    public override string Defect => "archive_command reports success and copies nothing";

    public override PlantPoint Point => PlantPoint.AfterBackups;

    public override IReadOnlyList<string> MustBeRed => ["What_is_called_archived_is_in_the_repository", "Each_restore_holds_its_moment_row_for_row"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var command = (await lab.GetDynamicSettingsAsync(ct))[BrokenArchiving.Setting];
        await BrokenArchiving.SetAsync(lab, "/bin/true # not pgbackrest", ct);
        return TakenBackBy(() => BrokenArchiving.SetAsync(lab, command, CancellationToken.None), progress);
    }
}
