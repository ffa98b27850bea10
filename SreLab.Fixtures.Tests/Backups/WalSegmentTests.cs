using FluentAssertions;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class WalSegmentTests
{
    [Theory]
    [InlineData("000000010000000000000006", 1u, 6ul)]
    [InlineData("0000000A00000001000000FF", 10u, 511ul)]
    [InlineData("000000010000000000000006-cd29b2801eb541d2dac95f54210f70e4363dbd22.lz4", 1u, 6ul)]
    public void A_name_is_read_and_written(string name, uint timeline, ulong number)
    {
        WalSegment.Parse(name).Should().Be(new WalSegment(timeline, number));
        new WalSegment(timeline, number).Name.Should().Be(name[..24]);
    }

    [Theory]
    [InlineData("00000002.history")]
    [InlineData("000000010000000000000006.00000028.backup")]
    [InlineData("000000010000000000000006.partial")]
    [InlineData("00000001000000000000010Z")]
    [InlineData("000000010000000000000100")]
    [InlineData("000000000000000000000001")]
    [InlineData("")]
    public void Other_files_are_no_segments(string name) => WalSegment.Parse(name).Should().BeNull();

    [Theory]
    [InlineData("0000000100000000000003FF", 1023ul, "000000010000000100000000")]
    [InlineData("000000010000000200000001", 2049ul, "000000010000000200000002")]
    public void A_name_counts_as_many_segments_as_four_gigabytes_hold(string name, ulong number, string next)
    {
        const ulong Small = 4 << 20;

        WalSegment.Parse(name, Small).Should().Be(new WalSegment(1, number, Small));
        WalSegment.Parse(name, Small)!.Value.Next.Name.Should().Be(next);
        WalSegment.Parse("000000010000000000000400", Small).Should().BeNull("the lower part of a number ends before");
    }

    [Fact]
    public void The_next_one_follows_over_the_end_of_a_log() =>
        WalSegment.Parse("0000000100000000000000FF")!.Value.Next.Name.Should().Be("000000010000000100000000");

    [Fact]
    public void A_position_is_in_its_segment()
    {
        WalSegment.NumberOf("0/6000028").Should().Be(6);
        WalSegment.NumberOf("1/0").Should().Be(256);
        WalSegment.NumberOf("1/0", 4 << 20).Should().Be(1024);
        WalSegment.NumberOf("nonsense").Should().BeNull();
    }

    [Fact]
    public void A_history_tells_which_timeline_holds_a_segment()
    {
        var history = TimelineHistory.Parse(6, "1\t0/5000098\tno recovery target specified\n# a comment\n4\t0/9000000\tno recovery target specified\n\n");

        history.Holder(4).Should().Be(new WalSegment(1, 4));
        history.Holder(5).Should().Be(new WalSegment(4, 5), "the segment in which a timeline was left is continued on the next");
        history.Holder(8).Should().Be(new WalSegment(4, 8));
        history.Holder(9).Should().Be(new WalSegment(6, 9));
        TimelineHistory.Parse(1, "").Holder(3).Should().Be(new WalSegment(1, 3));
    }
}
