using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Tests.Targets.External;

public sealed class ServerAnswerTests
{
    private static readonly Member A = new("a", "h1", 5432);
    private static readonly Member B = new("b", "h2", 5432);

    private static readonly ServerAnswer Primary = new() { IsInRecovery = false, Timeline = 3, Position = 100, Standbys = [new SeenStandby("b", "streaming", "sync")] };
    private static readonly ServerAnswer Standby = new() { IsInRecovery = true, Timeline = 3, Position = 90, ReceiverState = "streaming", ReceiverName = "b" };

    [Theory]
    [InlineData("user=r host=h application_name=b fallback_application_name=walreceiver", "b")]
    [InlineData("user=r fallback_application_name=main sslmode=prefer", "main")]
    [InlineData("application_name='with space' host=h", "with space")]
    [InlineData("user=r host=h", "walreceiver")]
    public void The_name_of_a_receiver_is_in_its_connection_string(string connectionString, string name) =>
        ServerAnswer.NameIn(connectionString).Should().Be(name);

    [Theory]
    [InlineData("on", "", 0)]
    [InlineData("off", "*", 0)]
    [InlineData("local", "b", 0)]
    [InlineData("on", "*", 1)]
    [InlineData("remote_apply", "a, b", 1)]
    [InlineData("on", "FIRST 2 (a, b, c)", 2)]
    [InlineData("on", "any 3 (a, b, c)", 3)]
    [InlineData("on", "2 (a, b)", 2)]
    public void A_commit_waits_for_as_many_standbys_as_the_settings_say(string commit, string names, int count) =>
        ServerAnswer.CountIn(commit, names).Should().Be(count);

    [Fact]
    public void A_standby_streams_when_both_sides_say_so()
    {
        var state = ServerViews.Combine([(A, Primary), (B, Standby)]);

        state.Primary!.Member.Should().Be(A);
        var standby = state.StreamingStandbys.Should().ContainSingle().Which;
        (standby.LagBytes, standby.IsSynchronous, standby.Timeline).Should().Be((10L, true, 3));
        Judge(state).IsMet.Should().BeTrue();
    }

    [Fact]
    public void A_standby_that_one_side_does_not_see_does_not_stream()
    {
        Judge(ServerViews.Combine([(A, Primary with { Standbys = [] }), (B, Standby)])).Found.Should().StartWith("not whole: ").And.Contain("b standby not streaming");
        Judge(ServerViews.Combine([(A, Primary), (B, Standby with { ReceiverState = null, ReceiverName = null })])).IsMet.Should().BeFalse();
        Judge(ServerViews.Combine([(A, Primary), (B, null)])).Found.Should().Contain("b unreachable");
    }

    [Fact]
    public void Standbys_that_share_a_name_are_synchronous_only_when_all_are() =>
        ServerViews.Combine([(A, Primary with { Standbys = [.. Primary.Standbys, new SeenStandby("b", "streaming", "async")] }), (B, Standby)])
            .Members[1].IsSynchronous.Should().BeFalse();

    [Fact]
    public void Two_primaries_or_two_clusters_are_not_whole()
    {
        Judge(ServerViews.Combine([(A, Primary), (B, Primary)])).IsMet.Should().BeFalse();
        Admission.JudgeCluster(ServerViews.Combine([(A, Primary), (B, Standby)]), new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" })
            .Found.Should().Be("not one cluster: a has system identifier 1, b has system identifier 2");
    }

    private static Fixtures.Targets.Requirement Judge(ClusterState state) => Admission.JudgeCluster(state, new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" });
}
