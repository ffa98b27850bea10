using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class PatroniTests
{
    private const string Primary =
        """
        {"state": "running", "role": "master", "server_version": 150018, "xlog": {"location": 1000}, "timeline": 2, "replication": [
          {"application_name": "pg-2", "state": "streaming", "sync_state": "sync"}, {"application_name": "pg-3", "state": "streaming", "sync_state": "async"}]}
        """;

    private const string SynchronousStandby =
        """{"state": "running", "role": "replica", "xlog": {"received_location": 990, "replayed_location": 900}, "sync_standby": true, "timeline": 2}""";

    private const string Standby =
        """{"state": "running", "role": "replica", "xlog": {"received_location": 1000, "replayed_location": 1000}, "timeline": 2}""";

    private static readonly IReadOnlyList<Member> Members = new LabNetwork("127.99.99").Members;

    [Fact]
    public void The_primary_tells_who_streams_and_the_positions_tell_the_lag()
    {
        var state = Combine(Primary, SynchronousStandby, Standby);

        state.Primary!.Member.Name.Should().Be("pg-1");
        state.Primary.LagBytes.Should().BeNull();
        state.StreamingStandbys.Select(s => (s.Member.Name, s.LagBytes, s.IsSynchronous))
            .Should().Equal(("pg-2", 100L, true), ("pg-3", 0L, false));
    }

    [Fact]
    public void A_standby_that_PostgreSQL_waits_for_but_Patroni_would_not_promote_is_not_synchronous() =>
        Combine(Primary, SynchronousStandby.Replace("\"sync_standby\": true, ", "", StringComparison.Ordinal), Standby)
            .Members.Should().NotContain(m => m.IsSynchronous);

    [Fact]
    public void A_running_standby_that_the_primary_does_not_see_is_not_streaming()
    {
        var state = Combine(Primary.Replace("pg-3", "pg-9", StringComparison.Ordinal), SynchronousStandby, Standby);

        state.Members[2].State.Should().Be("not streaming");
        state.StreamingStandbys.Should().ContainSingle();
    }

    [Fact]
    public void Two_members_that_claim_to_be_primary_are_no_primary() =>
        Combine(Primary, Primary, Standby).Primary.Should().BeNull();

    [Fact]
    public void A_member_that_does_not_answer_is_unreachable_and_one_that_is_down_is_unknown()
    {
        var state = Combine(Primary, null, """{"state": "stopped", "role": "demoted", "dcs_last_seen": 1}""");

        state.Members[1].Should().Be(new MemberState(Members[1], Role.Unknown, "unreachable", 0, null, false));
        state.Members[2].Role.Should().Be(Role.Unknown);
        state.Members[2].State.Should().Be("stopped");
    }

    [Fact]
    public void Settings_by_dotted_name_become_Patronis_document()
    {
        var json = PatroniSettings.ToJson(new Dictionary<string, string?>
        {
            ["ttl"] = "30",
            ["synchronous_mode"] = "false",
            ["primary_start_timeout"] = null,
            ["postgresql.parameters.work_mem"] = "8MB",
            ["postgresql.parameters.pg_stat_statements.track"] = "all",
        }).ToJsonString();

        json.Should().Be(
            """{"ttl":30,"synchronous_mode":false,"primary_start_timeout":null,"postgresql":{"parameters":{"work_mem":"8MB","pg_stat_statements.track":"all"}}}""");
    }

    [Fact]
    public void A_postmaster_file_that_is_still_being_written_has_no_segment()
    {
        PostmasterFile.Parse("4133\n/data\n1795263000\n5432\n/socket\n127.0.0.1\n   123456    77\nready   \n").Should().Be(new PostmasterFile(4133, 77));
        PostmasterFile.Parse("4133\n/data\n").Should().Be(new PostmasterFile(4133, null));
        PostmasterFile.Parse("").Should().BeNull();
        PostmasterFile.Parse("-4133\n").Should().BeNull("a single-user server writes its number negated");
    }

    private static ClusterState Combine(params string?[] answers) =>
        MemberViews.Combine([.. Members.Zip(answers, (m, a) => (m, a is null ? null : PatroniStatus.Parse(a)))]);
}
