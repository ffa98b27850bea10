using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Backup;

/// <summary>Backups are taken while clients write, statements destroy and the primary is lost; then everything is restored beside the lab, and last of all the lab itself.</summary>
[Collection(Stages.Backup)]
[Trait(Stages.Trait, Stages.Backup)]
public sealed class When_backups_are_restored(RestoredBackups run) : Spec(run), IClassFixture<RestoredBackups>
{
    private readonly RestoredBackups _run = run;

    private string? NoLoss => _run.WhyNoLoss is { } reason ? $"all members cannot be lost here: {reason}" : null;

    [Fact]
    public void Every_kind_of_backup_is_taken_from_a_standby() => MustHold(Promises.BackupComplete);

    [Fact]
    public void What_is_called_archived_is_in_the_repository() => MustHold(Promises.ArchiveTrue);

    [Fact]
    public void Each_restore_holds_its_moment_row_for_row() => MustHold(Promises.RestoreContent);

    [Fact]
    public void Restored_clusters_accept_queries_in_time() => MustHold(Promises.RestoreInTime);

    [Fact]
    public void Impossible_restores_are_refused_by_name() => MustHold(Promises.RestoreRefused);

    [Fact]
    public void The_running_lab_is_left_alone() => MustHold(Promises.RestoreApart);

    [Fact]
    public void A_full_disk_of_the_repository_is_told_and_loses_nothing()
    {
        if (_run.WhyNoDisk is { } reason)
        {
            Assert.Skip($"a full disk cannot be had here: {reason}");
        }

        MustHold(Promises.ArchiveDiskFull);
    }

    [Fact]
    public void With_all_members_lost_no_more_than_the_objective_is_gone() => MustHold(Promises.RecoveryPoint, NoLoss);

    [Fact]
    public void With_all_members_lost_the_lab_comes_back_from_the_repository() => MustHold(Promises.LabAfterLoss, NoLoss);
}
