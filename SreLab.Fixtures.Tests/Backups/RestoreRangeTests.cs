using FluentAssertions;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Backups;

public sealed class RestoreRangeTests
{
    private static readonly DateTimeOffset From = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RestoreRange Range = new(From, From.AddMinutes(10), 2, new WalSegment(2, 12), []);

    [Fact]
    public void A_moment_within_can_be_had()
    {
        Range.Contains(From).Should().BeTrue();
        Range.Contains(From.AddMinutes(10).AddTicks(-1)).Should().BeTrue();
        Range.Require(From.AddMinutes(5));
    }

    [Fact]
    public void A_moment_outside_is_refused_with_the_possible_range()
    {
        var early = () => Range.Require(From.AddSeconds(-1));
        var late = () => Range.Require(From.AddMinutes(10));

        early.Should().Throw<LabException>().WithMessage("*before the end of the oldest backup*possible*2026-05-01 12:00:00.000Z to 2026-05-01 12:10:00.000Z*fix*");
        late.Should().Throw<LabException>().WithMessage("*after the last transaction that was archived; nothing was touched*possible*");
    }

    [Fact]
    public void The_archive_is_followed_over_timelines_to_its_end()
    {
        var history = TimelineHistory.Parse(3, "1\t0/6000000\tx\n");
        WalSegment[] archive = [new(1, 4), new(1, 5), new(3, 6), new(3, 7), new(2, 6), new(2, 7), new(2, 8)];

        var (last, missing) = RestoreRange.Follow(4, history, archive);

        last.Should().Be(new WalSegment(3, 7));
        missing.Should().BeEmpty();
    }

    [Fact]
    public void A_gap_ends_it_and_is_named()
    {
        var (last, missing) = RestoreRange.Follow(4, new TimelineHistory([], 1), [new(1, 4), new(1, 5), new(1, 7), new(1, 9)]);

        last.Should().Be(new WalSegment(1, 5));
        missing.Should().Equal(new WalSegment(1, 6), new WalSegment(1, 8));
        (Range with { Missing = missing }).Describe().Should().Contain("lacks 000000010000000000000006, 000000010000000000000008, so nothing later");
    }

    [Fact]
    public void Without_its_first_segment_nothing_can_be_had()
    {
        var (last, missing) = RestoreRange.Follow(4, new TimelineHistory([], 1), [new(1, 2)]);

        last.Should().BeNull();
        missing.Should().Equal(new WalSegment(1, 4));
    }

    [Fact]
    public void The_living_timeline_is_that_of_the_newest_segment_and_not_the_highest()
    {
        var catalogue = new BackupCatalogue(
            [],
            [new ArchivedSegment(new WalSegment(1, 5), From), new ArchivedSegment(new WalSegment(4, 7), From.AddMinutes(2)), new ArchivedSegment(new WalSegment(9, 6), From.AddMinutes(1))],
            "aes-256-cbc");

        catalogue.LatestTimeline.Should().Be(4);
        (catalogue with { Archive = [] }).LatestTimeline.Should().BeNull();
    }
}
