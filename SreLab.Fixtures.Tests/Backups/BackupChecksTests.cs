using FluentAssertions;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Slos;
using static SreLab.Fixtures.Tests.Backups.SampleBackups;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class BackupChecksTests
{
    private static readonly Objectives Objectives = Ledger.Objectives;
    private static readonly ArchiveRecord Archived = Proofs.Archive;

    private static IReadOnlyList<(Verdict Verdict, string Wrong)> Broken { get; } =
    [
        (BackupChecks.Complete(Proofs with { Cipher = "none" }), "not encrypted"),
        (BackupChecks.Complete(Proofs with { Damaged = ["F/1 (invalid checksum)"] }), "F/1"),
        (BackupChecks.Complete(Proofs with { Taken = [.. Proofs.Taken.Select(t => t with { IsFromStandby = false })] }), "from the primary"),
        (BackupChecks.ArchiveTrue(Proofs with { Archive = Archived with { IsThere = false } }), "PostgreSQL says that segment 000000020000000000000009 is archived"),
        (BackupChecks.ArchiveTrue(Proofs with { Archive = Archived with { PostgresSaysSo = false, IsThere = false } }), "was not archived within"),
        (BackupChecks.ArchiveTrue(Proofs with { Archive = Archived with { Missing = ["X"] } }), "lacks segment X"),
        (BackupChecks.InTime(Proofs with { Restores = [Restore("latest", false) with { Seconds = 31 }] }, Objectives), "after 31.0 s"),
        (BackupChecks.Refused(Proofs with { Refusals = [.. Proofs.Refusals.Select(r => r with { WasRefused = false })] }), "restored all the same"),
        (BackupChecks.Refused(Proofs with { Refusals = [.. Proofs.Refusals.Select(r => r with { Said = "no" })] }), "does not say 'possible'"),
        (BackupChecks.Apart(Proofs with { Apart = Proofs.Apart with { After = "pg-2 leads" } }), "is 'pg-2 leads'"),
        (BackupChecks.Apart(Proofs with { Apart = Proofs.Apart with { HashesAfter = new Dictionary<string, string>(Hashes) { ["shop.orders"] = "x" } } }), "shop.orders of the lab changed"),
        (BackupChecks.Apart(Proofs with { Apart = Proofs.Apart with { LeftBehind = ["latest"] } }), "latest was not removed"),
        (BackupChecks.Apart(Proofs with { Restores = [Restore("latest", false) with { Archives = true }] }), "archives WAL between"),
        (BackupChecks.DiskFull(Proofs with { Disk = Proofs.Disk! with { AlertAfterSeconds = null } }, 100), "was not delivered"),
        (BackupChecks.DiskFull(Proofs with { Disk = Proofs.Disk! with { After = Archived with { IsThere = false } } }, 100), "did not go on"),
        (BackupChecks.DiskFull(Proofs with { Disk = Proofs.Disk! with { After = Archived with { Missing = ["X"] } } }, 100), "lacks segment X"),
        (BackupChecks.DiskFull(Proofs, 0), "no write was acknowledged"),
        (RecoveryPoint.Check(With("after-loss.ids", []), Objectives with { RecoveryPointSeconds = 5 }), "acknowledged writes of the last 10.0 s are gone"),
        (RecoveryPoint.Check(With("after-loss.ids", [.. Until(9000).Where(id => id != 500)]), Objectives), "are gone although later ones are there"),
        (RecoveryPoint.Check(With("after-loss.ids", [.. Until(9000), 4711_000]), Objectives), "that nobody made"),
        (RecoveryPoint.Check(Good with { Record = Proofs with { Loss = Proofs.Loss! with { Restore = Proofs.Loss.Restore with { Error = "no" } } } }, Objectives), "could not be restored"),
        (RecoveryPoint.CheckLab(Good with { Record = Proofs with { Loss = Proofs.Loss! with { LabBackSeconds = null } } }), "not made whole again"),
        (RecoveryPoint.CheckLab(With("lab", Until(8000))), "differ in 100 writes"),
    ];

    private static IReadOnlyList<Verdict> Unknown { get; } =
    [
        BackupChecks.Complete(null), BackupChecks.ArchiveTrue(null), BackupChecks.InTime(null, Objectives), BackupChecks.Refused(null), BackupChecks.Apart(null), BackupChecks.DiskFull(null, 1),
        RecoveryPoint.Check(null, Objectives), RecoveryPoint.CheckLab(null),
        BackupChecks.Complete(Proofs with { Taken = [Taken("F", BackupKind.Full)] }),
        BackupChecks.InTime(Proofs with { Restores = [.. Proofs.Restores, Restore("x", true) with { Seconds = null, Error = "no" }] }, Objectives),
        BackupChecks.InTime(Proofs with { Restores = [], Loss = null }, Objectives),
        BackupChecks.Refused(Proofs with { Refusals = [.. Proofs.Refusals.Skip(1)] }),
        BackupChecks.Apart(Proofs with { Restores = [] }),
        BackupChecks.DiskFull(Proofs with { Disk = null }, 1),
        BackupChecks.DiskFull(Proofs with { Disk = Proofs.Disk! with { FailedAfterSeconds = null } }, 1),
        RecoveryPoint.Check(Good with { Record = Proofs with { Loss = null } }, Objectives),
        RecoveryPoint.Check(Good with { Operations = [.. Operations.Where(o => o.EndedMs < 9000)] }, Objectives),
        RecoveryPoint.Check(Good with { Restored = new Dictionary<string, IReadOnlyList<long>>() }, Objectives),
        RecoveryPoint.CheckLab(Good with { Restored = new Dictionary<string, IReadOnlyList<long>>() }),
    ];

    [Fact]
    public void A_good_run_holds()
    {
        BackupChecks.Complete(Proofs).Kind.Should().Be(VerdictKind.Holds);
        BackupChecks.ArchiveTrue(Proofs).Kind.Should().Be(VerdictKind.Holds);
        BackupChecks.InTime(Proofs, Objectives).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "2.5 s" });
        BackupChecks.Refused(Proofs).Kind.Should().Be(VerdictKind.Holds);
        BackupChecks.Apart(Proofs).Kind.Should().Be(VerdictKind.Holds);
        BackupChecks.DiskFull(Proofs, 300).Kind.Should().Be(VerdictKind.Holds);
        RecoveryPoint.Check(Good, Objectives).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "1.0 s (100 writes)" });
        RecoveryPoint.CheckLab(Good).Kind.Should().Be(VerdictKind.Holds);
    }

    [Fact]
    public void A_refusal_that_could_not_be_tried_says_why() =>
        BackupChecks.Refused(Proofs with
        {
            Refusals = [.. Proofs.Refusals.Where(r => r.Name != RefusalRecord.DamagedFile)],
            NotCarriedOut = new Dictionary<string, string> { [RefusalRecord.DamagedFile] = "no file" },
        }).Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown }).And.Subject.As<Verdict>().Summary.Should().Contain("damaged-file was not tried: no file");

    [Fact]
    public void What_the_target_does_not_have_is_named_and_not_missed()
    {
        var fullOnly = Proofs with
        {
            Taken = [Taken("F", BackupKind.Full)],
            Refusals = [.. Proofs.Refusals.Where(r => r.Name != RefusalRecord.DamagedFile)],
            NotOffered = new Dictionary<string, string> { ["incremental-backup"] = "copies all", ["differential-backup"] = "copies all", [RefusalRecord.DamagedFile] = "no checksums" },
        };

        BackupChecks.Complete(fullOnly).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds }).And.Subject.As<Verdict>().Summary
            .Should().Contain("; without differential-backup: copies all; without incremental-backup: copies all");
        BackupChecks.Refused(fullOnly).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds }).And.Subject.As<Verdict>().Summary.Should().EndWith("; without damaged-file: no checksums");
    }

    [Fact]
    public void What_it_has_is_missed_all_the_same()
    {
        var notOffered = new Dictionary<string, string> { ["incremental-backup"] = "copies all" };

        BackupChecks.Complete(Proofs with { Taken = [Taken("F", BackupKind.Full)], NotOffered = notOffered }).Kind.Should().Be(VerdictKind.Unknown);
        BackupChecks.Refused(Proofs with { Refusals = [.. Proofs.Refusals.Skip(1)], NotOffered = notOffered }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void A_record_of_an_earlier_release_offered_everything() =>
        System.Text.Json.JsonSerializer.Deserialize<BackupsRecord>(
            System.Text.Json.JsonSerializer.Serialize(Proofs, RunStore.Json).Replace("\"notOffered\"", "\"somethingElse\"", StringComparison.Ordinal), RunStore.Json)!.NotOffered.Should().BeEmpty();

    [Fact]
    public void Each_wrong_is_broken_and_named()
    {
        foreach (var (verdict, wrong) in Broken)
        {
            verdict.Kind.Should().Be(VerdictKind.Broken, wrong);
            verdict.Summary.Should().Contain(wrong);
        }
    }

    [Fact]
    public void Too_little_is_unknown()
    {
        foreach (var verdict in Unknown)
        {
            verdict.Kind.Should().Be(VerdictKind.Unknown, verdict.Summary);
        }
    }

    [Fact]
    public void An_incident_tells_its_story_from_the_record_alone()
    {
        var page = RestoreIncidents.Write(Proofs, Proofs.Restores[0]);

        page.Should().Contain("# Restore: before-delete").And.Contain("2.5 s after the command").And.Contain("| 2.5 | delete from backup_drill.invoices |")
            .And.Contain("make restore INTO=before-delete TIME=1970-01-01T00:00:02.000Z");
        RestoreIncidents.Write(Proofs, Proofs.Loss!.Restore).Should().Contain("was 1.0 s old when the members died").And.Contain("whole again after 20.0 s");
        RestoreIncidents.Write(Proofs, Proofs.Restores[0] with { Seconds = null, Error = "no\nmore" }).Should().Contain("The restore failed: no\n");
    }
}
