using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class PlatformPlacementTests
{
    private static readonly PlatformRecord Good = PlatformSamples.Good();

    [Fact]
    public void Three_instances_on_three_nodes_are_apart() =>
        PlatformPlacement.Apart(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "3 instances, 3 nodes" });

    [Fact]
    public void Two_on_one_node_are_named_when_there_are_enough_nodes() =>
        PlatformPlacement.Apart(Good with { Placement = Good.Placement! with { Instances = [.. Good.Placement.Instances.Select(i => i.Name == "srelab-2" ? i with { Node = "node-srelab-1" } : i)] } })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = "srelab-1 and srelab-2 share node node-srelab-1, although 3 nodes take pods" });

    [Fact]
    public void On_one_node_nothing_is_proven() =>
        PlatformPlacement.Apart(Good with { Placement = new PlacementRecord(3, [.. Good.Placement!.Instances.Select(i => i with { Node = "only" })], ["only"]) })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "3 instances cannot be apart on 1 node" });

    [Fact]
    public void A_missing_instance_and_one_that_is_not_ready_are_wrong()
    {
        PlatformPlacement.Apart(Good with { Placement = Good.Placement! with { Instances = [.. Good.Placement.Instances.Take(2)] } }).Kind.Should().Be(VerdictKind.Broken);
        PlatformPlacement.Apart(Good with { Placement = Good.Placement! with { Instances = [.. Good.Placement.Instances.Select(i => i with { IsReady = i.Name != "srelab-3" })] } })
            .Summary.Should().Be("srelab-3 is not ready");
    }

    [Fact]
    public void Bound_volumes_of_the_class_hold() => PlatformPlacement.Bound(Good).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [InlineData("phase", "claim srelab-1 is Pending")]
    [InlineData("volume", "claim srelab-1 is Bound, its volume pvc-srelab-1-data is Failed")]
    [InlineData("class", "claim srelab-1 has class gp2, and srelab was asked for")]
    [InlineData("reclaim", "volume pvc-srelab-1-data would stay without its claim (Retain)")]
    [InlineData("absent", "srelab-1 has no volume for its data")]
    public void A_wrong_volume_is_named(string what, string says)
    {
        var claims = Good.Volumes!.Claims.ToList();
        claims[0] = what switch
        {
            "phase" => claims[0] with { Phase = "Pending" },
            "volume" => claims[0] with { VolumePhase = "Failed" },
            "class" => claims[0] with { Class = "gp2" },
            "reclaim" => claims[0] with { ReclaimPolicy = "Retain" },
            _ => claims[0] with { Role = "else" },
        };

        var verdict = PlatformPlacement.Bound(Good with { Volumes = Good.Volumes with { Claims = claims } });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Summary.Should().Contain(says);
    }

    [Fact]
    public void A_class_that_is_not_ours_is_wrong_only_where_we_make_one()
    {
        PlatformPlacement.Bound(Good with { Volumes = Good.Volumes! with { IsClassOurs = false } }).Kind.Should().Be(VerdictKind.Broken);
        PlatformPlacement.Bound(Good with { Volumes = Good.Volumes! with { IsClassOurs = false, MustBeOurs = false } }).Kind.Should().Be(VerdictKind.Holds);
        PlatformPlacement.Bound(Good with { Volumes = Good.Volumes! with { AskedClass = "", IsClassOurs = false, MustBeOurs = false } }).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void Both_addresses_of_the_load_balancer_lead_where_they_say() => PlatformPlacement.Reached(Good).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [InlineData(false, true, "", "read-write 198.18.0.200:5432 led to 10.0.0.1, a standby")]
    [InlineData(true, false, "", "read-write 198.18.0.200:5432 answered without TLS")]
    [InlineData(false, false, "timeout", "read-write 198.18.0.200:5432 did not answer: timeout")]
    public void A_wrong_answer_is_named(bool isPrimary, bool isEncrypted, string problem, string says) =>
        PlatformPlacement.Reached(Good with { Doors = [Good.Doors![0] with { Answers = [new DoorAnswer("10.0.0.1", isPrimary, isEncrypted, problem)] }, Good.Doors[1]] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Broken, Summary = says });

    [Fact]
    public void A_nodes_port_proves_no_load_balancer_and_an_untried_door_nothing()
    {
        PlatformPlacement.Reached(Good with { Doors = [Good.Doors![0] with { IsBalanced = false }, Good.Doors[1]] }).Kind.Should().Be(VerdictKind.Unknown);
        PlatformPlacement.Reached(Good with { Doors = [Good.Doors![0]] }).Summary.Should().Be("read-only was not tried");
    }
}
