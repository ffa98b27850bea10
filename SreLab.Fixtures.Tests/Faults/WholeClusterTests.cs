using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Faults;

namespace SreLab.Fixtures.Tests.Faults;

public sealed class WholeClusterTests
{
    private static readonly ClusterState Whole = new(
    [
        new MemberState(new Member("pg-1", "127.0.0.11", 5432), Role.Primary, "running", 3, null, false),
        new MemberState(new Member("pg-2", "127.0.0.12", 5432), Role.Standby, "streaming", 3, 0, true),
        new MemberState(new Member("pg-3", "127.0.0.13", 5432), Role.Standby, "streaming", 3, 0, false),
    ]);

    [Fact]
    public void As_many_standbys_must_be_synchronous_as_the_cluster_is_set_to()
    {
        WholeCluster.IsWhole(Whole, synchronous: 0).Should().BeTrue();
        WholeCluster.IsWhole(Whole, synchronous: 1).Should().BeTrue();
        WholeCluster.IsWhole(Whole, synchronous: 2).Should().BeFalse();
    }

    [Theory]
    [InlineData(Role.Unknown, "unreachable", 0)]
    [InlineData(Role.Standby, "starting", 3)]
    [InlineData(Role.Standby, "streaming", 2)]
    [InlineData(Role.Primary, "running", 3)]
    public void A_member_that_is_gone_behind_or_a_second_primary_makes_it_less_than_whole(Role role, string state, int timeline)
    {
        var members = Whole.Members.Select(m => m.Member.Name == "pg-3" ? m with { Role = role, State = state, Timeline = timeline } : m);

        WholeCluster.IsWhole(new ClusterState([.. members]), synchronous: 1).Should().BeFalse();
    }

    [Theory]
    [InlineData("true", "2", 2)]
    [InlineData("quorum", null, 1)]
    [InlineData("False", "2", 0)]
    [InlineData(null, null, 0)]
    public void The_number_is_read_from_the_clusters_own_settings(string? mode, string? count, int expected)
    {
        var settings = new Dictionary<string, string?> { ["synchronous_mode"] = mode, ["synchronous_node_count"] = count }
            .Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!);

        WholeCluster.SynchronousStandbys(settings).Should().Be(expected);
    }
}
