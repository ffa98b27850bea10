using System.Buffers.Binary;
using FluentAssertions;
using SreLab.Fixtures.Backups;

namespace SreLab.Fixtures.Tests.Backups;

/// <summary>The last commit of a segment is read as pg_waldump reads it.</summary>
public sealed class WalCommitsTests
{
    private const int PageBytes = 8192;
    private const ulong Start = 0x3000000;
    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void The_last_commit_counts_and_not_the_last_record() =>
        WalCommits.Last(File(left: 0, Commit(At.AddSeconds(-1)), Commit(At), Other(300), Abort(At.AddSeconds(1)))).Should().Be(At);

    [Fact]
    public void A_record_goes_on_in_the_next_page() =>
        WalCommits.Last(File(left: 0, Other(PageBytes - 40 - 32), Commit(At), Other(3 * PageBytes), Commit(At.AddSeconds(2)))).Should().Be(At.AddSeconds(2));

    [Fact]
    public void What_is_left_of_an_earlier_record_is_skipped()
    {
        var left = new byte[104];
        left.AsSpan().Fill(0xff);

        WalCommits.Last(File(left: 100, left, Commit(At))).Should().Be(At);
    }

    [Fact]
    public void A_commit_may_name_its_origin_and_its_top_transaction() =>
        WalCommits.Last(File(left: 0, Record(1, 0, [253, 1, 0, 252, 1, 2, 3, 4, 255, 8, .. Time(At)]))).Should().Be(At);

    [Fact]
    public void A_file_that_was_used_before_ends_where_the_new_pages_end()
    {
        var file = File(left: 0, Commit(At), Other(PageBytes), Commit(At.AddSeconds(9)));
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(PageBytes + 8), 0x1000000);

        WalCommits.Last(file).Should().Be(At);
    }

    [Fact]
    public void Without_a_commit_there_is_none()
    {
        WalCommits.Last(File(left: 0, Other(100))).Should().BeNull();
        WalCommits.Last(new byte[PageBytes]).Should().BeNull();
        WalCommits.Last([]).Should().BeNull();
    }

    private static byte[] Commit(DateTimeOffset at) => Record(1, 0x80, [255, 8, .. Time(at)]);

    private static byte[] Abort(DateTimeOffset at) => Record(1, 0x20, [255, 8, .. Time(at)]);

    private static byte[] Other(int bytes) => Record(10, 0, new byte[bytes]);

    private static byte[] Time(DateTimeOffset at)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (at - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).Ticks / TimeSpan.TicksPerMicrosecond);
        return bytes;
    }

    private static byte[] Record(byte manager, byte info, byte[] data)
    {
        var record = new byte[(24 + data.Length + 7) / 8 * 8];
        BinaryPrimitives.WriteInt32LittleEndian(record, 24 + data.Length);
        record[16] = info;
        record[17] = manager;
        data.CopyTo(record, 24);
        return record;
    }

    private static byte[] File(int left, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(p => p)];
        using var file = new MemoryStream();
        for (var at = 0; at < content.Length || file.Length == 0;)
        {
            var header = new byte[file.Length == 0 ? 40 : 24];
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)(left > 0 && file.Length == 0 ? 3 : 2));
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), Start + (ulong)file.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), file.Length == 0 ? left : 0);
            if (file.Length == 0)
            {
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(36), PageBytes);
            }

            var page = new byte[PageBytes];
            header.CopyTo(page, 0);
            var take = Math.Min(PageBytes - header.Length, content.Length - at);
            content.AsSpan(at, take).CopyTo(page.AsSpan(header.Length));
            file.Write(page);
            at += take;
        }

        return file.ToArray();
    }
}
