using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using static SreLab.Fixtures.Tests.Backups.SampleBackups;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class RestoredContentTests
{
    private static IReadOnlyList<(BackupHistory History, string Wrong)> Wrongs { get; } =
    [
        (Restored(r => r with { Error = "pgBackRest said no", Seconds = null, LedgerFile = null }), "before-drop: could not be restored: pgBackRest said no"),
        (Restored(r => r with { Hashes = new Dictionary<string, string>(Hashes) { ["shop.orders"] = "9:1:a" } }), "before-drop: shop.orders is 9:1:a, it was 10:1:a"),
        (Restored(r => r with { Hashes = new Dictionary<string, string>(Hashes) { ["shop.late"] = "1:1:1" } }), "before-drop: shop.late is 1:1:1, it was absent"),
        (Restored(r => r with { Hashes = new Dictionary<string, string> { ["shop.orders"] = "10:1:a" } }), "before-drop: shop.payments is absent"),
        (With("before-drop.ids", [.. Until(4000).Where(id => id != 5)]), "before-drop: 1 acknowledged writes from before are not there: 5"),
        (With("before-drop.ids", Until(4300)), "writes from after are there"),
        (With("before-drop.ids", [.. Until(4000), 4711_000]), "1 writes are there that nobody made: 4711000"),
        (With("before-drop.ids", [.. Until(4000), 5]), "1 writes are there more than once: 5"),
        (With("latest.ids", Until(7000)), "latest:"),
    ];

    private static IReadOnlyList<BackupHistory?> Insufficient { get; } =
    [
        null,
        Good with { IsTorn = true },
        Good with { Record = Proofs with { Restores = [.. Proofs.Restores.Skip(1)] } },
        Good with { Record = Proofs with { Moments = [.. Proofs.Moments.Where(m => m.Name != "latest")] } },
        Good with { Record = Proofs with { Moments = [.. Proofs.Moments.Select(m => m with { Timeline = 1 })] } },
        Good with { Restored = new Dictionary<string, IReadOnlyList<long>>() },
        Restored(r => r with { LedgerFile = null }),
        Good with { Operations = [.. Operations.Where(o => o.Id > 160)], Restored = Good.Restored.ToDictionary(r => r.Key, r => (IReadOnlyList<long>)[.. r.Value.Where(id => id > 160)]) },
    ];

    [Fact]
    public void Equal_content_and_the_ledger_to_the_write_hold() =>
        RestoredContent.Check(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "4 of 4 restores" });

    [Fact]
    public void Each_wrong_is_broken_and_named()
    {
        foreach (var (history, wrong) in Wrongs)
        {
            var verdict = RestoredContent.Check(history);

            verdict.Kind.Should().Be(VerdictKind.Broken, wrong);
            string.Join('\n', verdict.Details).Should().Contain(wrong);
        }
    }

    [Fact]
    public void Too_little_is_unknown()
    {
        foreach (var history in Insufficient)
        {
            var verdict = RestoredContent.Check(history);

            verdict.Kind.Should().Be(VerdictKind.Unknown, verdict.Summary);
        }
    }

    [Fact]
    public void What_was_under_way_at_the_moment_may_be_there_or_not()
    {
        RestoredContent.Check(With("before-drop.ids", Until(3950))).Kind.Should().Be(VerdictKind.Holds);
        RestoredContent.Check(With("before-drop.ids", Until(4050))).Kind.Should().Be(VerdictKind.Holds);
    }

    private static BackupHistory Restored(Func<RestoreRecord, RestoreRecord> change) =>
        Good with { Record = Proofs with { Restores = [.. Proofs.Restores.Select(r => r.Name == "before-drop" ? change(r) : r)] } };
}
