using FluentAssertions;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class RepositoryTextTests
{
    private const string Info =
        """
        [{"archive":[{"database":{"id":1,"repo-key":1},"id":"15-1","max":"000000010000000000000008","min":"000000010000000000000001"}],
          "backup":[
            {"archive":{"start":"000000010000000000000006","stop":"000000010000000000000006"},"error":false,"info":{"delta":57136674,"repository":{"delta":26269200,"size":26269200},"size":57136674},
             "label":"20261121-212321F","timestamp":{"start":1795296201,"stop":1795296203},"type":"full"},
            {"archive":{"start":"000000010000000000000007","stop":"000000010000000000000008"},"error":true,"info":{"delta":8458,"repository":{"delta":560,"size":26269200},"size":57136674},
             "label":"20261121-212321F_20261121-212324D","timestamp":{"start":1795296204,"stop":1795296207},"type":"diff"}],
          "cipher":"aes-256-cbc","name":"srelab","status":{"code":0,"message":"ok"}}]
        """;

    private const string Listing =
        """
        {".":{"type":"path"},"15-1/0000000100000000":{"type":"path"},
         "15-1/0000000100000000/000000010000000000000002-be27.lz4":{"type":"file","size":69360,"time":1795296192},
         "15-1/0000000100000000/000000010000000000000001-d1de.lz4":{"type":"file","size":2268064,"time":1795296191},
         "15-1/0000000100000000/000000010000000000000002.00000028.backup":{"type":"file","size":368,"time":1795296191},
         "15-1/00000002.history":{"type":"file","size":42,"time":1795296193},"archive.info":{"type":"file","size":368,"time":1795296207}}
        """;

    [Fact]
    public void Backups_are_read()
    {
        var (backups, cipher) = RepositoryText.Info(Info, WalSegment.DefaultBytes);

        cipher.Should().Be("aes-256-cbc");
        backups.Should().HaveCount(2);
        backups[0].Should().Be(new BackupSet(
            "20261121-212321F", BackupKind.Full, DateTimeOffset.FromUnixTimeSeconds(1795296201), DateTimeOffset.FromUnixTimeSeconds(1795296203), 57136674, 26269200,
            new WalSegment(1, 6), new WalSegment(1, 6), HasErrors: false));
        (backups[1].Kind, backups[1].Last, backups[1].HasErrors).Should().Be((BackupKind.Differential, new WalSegment(1, 8), true));
        RepositoryText.Info("[]", WalSegment.DefaultBytes).Backups.Should().BeEmpty();
    }

    [Fact]
    public void Segments_are_read_and_nothing_else() =>
        RepositoryText.Archive(Listing, WalSegment.DefaultBytes).Select(s => s.Segment).Should().Equal(new WalSegment(1, 1), new WalSegment(1, 2));

    [Fact]
    public void The_last_commit_is_found()
    {
        const string Dump =
            """
            rmgr: Transaction len (rec/tot):     34/    34, tx:        750, lsn: 0/09000098, prev 0/09000060, desc: COMMIT 2026-11-21 21:23:54.999999 UTC
            rmgr: Transaction len (rec/tot):     34/    34, tx:        751, lsn: 0/090000C0, prev 0/09000098, desc: COMMIT 2026-11-21 21:23:55.250100 UTC; inval msgs: catcache 55
            rmgr: Transaction len (rec/tot):     34/    34, tx:        752, lsn: 0/090000E0, prev 0/090000C0, desc: ABORT 2026-11-21 21:23:59.000000 UTC
            """;

        RepositoryText.LastCommit(Dump).Should().Be(new DateTimeOffset(2026, 11, 21, 21, 23, 55, TimeSpan.Zero).AddTicks(2_501_000));
        RepositoryText.LastCommit("").Should().BeNull();
    }

    [Fact]
    public void Damaged_files_are_named()
    {
        const string Verify =
            """
            2026-11-21 21:24:22.955 P02   INFO: invalid checksum '20261121-212321F/pg_data/base/1/2838.lz4'
            2026-11-21 21:24:22.955 P02   INFO: invalid checksum '20261121-212321F/pg_data/base/1/2838.lz4'
            2026-11-21 21:24:23.203 P00   INFO: stanza: srelab
                                                  checksum invalid: 1
            """;

        RepositoryText.Damaged(Verify).Should().Equal("20261121-212321F/pg_data/base/1/2838.lz4 (invalid checksum)");
        RepositoryText.Damaged("P00   INFO: stanza: srelab\n status: ok").Should().BeEmpty();
    }

    [Theory]
    [InlineData("backup: 20261121-212321F, status: invalid, total files checked: 9\n checksum invalid: 12, size invalid: 0", "status: invalid", "checksum invalid: 12")]
    [InlineData("stanza: srelab\nstatus: error", "status: error")]
    [InlineData("stanza: srelab\nstatus: ok\n missing: 0, checksum invalid: 0, size invalid: 0, other: 0")]
    public void Damage_that_is_only_counted_is_told(string output, params string[] sums) =>
        RepositoryText.Damaged(output).Should().Equal(sums.Select(s => $"a file that is not named ({s})"));

    [Theory]
    [InlineData("P01 DETAIL: backup file /x/base/5/16384 (21MB, 45.32%) checksum 6d0c", 45.32)]
    [InlineData("P00   INFO: backup start archive = 000000010000000000000006", null)]
    public void Progress_is_read(string line, double? percent) => RepositoryText.Percent(line).Should().Be(percent);
}
