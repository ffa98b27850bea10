using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class MetricsCoveredTests
{
    private static readonly string[] Everywhere = ["srelab:postgres_up", "pg_up"];
    private static readonly string[] OfPrimary = [.. Everywhere, "srelab:archive_failing"];
    private static readonly string[] OfStandby = [.. Everywhere, "srelab:replication_lag_seconds"];

    [Fact]
    public void Metrics_that_follow_their_role_over_a_failover_hold()
    {
        var verdict = MetricsCovered.Check(Record());

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Summary.Should().Contain("with pg-1 and with pg-2 as primary");
    }

    [Theory]
    [InlineData("srelab:gone", "srelab:gone is nowhere before-failover; named by a.yml, b.json")]
    [InlineData("cnpg_a or pg_a", "cnpg_a or pg_a is nowhere before-failover; named by a.yml, b.json")]
    public void A_name_that_nobody_scrapes_is_broken(string name, string problem) =>
        Broken(Record() with { Named = Named([name]) }).Should().Contain(problem);

    [Fact]
    public void One_branch_of_a_choice_is_enough() =>
        MetricsCovered.Check(Record() with { Named = Named(["cnpg_up or pg_up"]) }).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void What_may_be_nowhere_is_no_gap_nor_is_a_choice_with_it_but_a_choice_of_strangers_is() =>
        new[] { "ALERTS", "cnpg_slots or srelab_slot_active", "cnpg_slots or gone" }.Select(named => MetricsCovered.Check(Record() with { Named = Named([named]) }).Kind)
            .Should().Equal(VerdictKind.Holds, VerdictKind.Holds, VerdictKind.Broken);

    [Fact]
    public void A_metric_of_the_primary_that_the_new_primary_lacks_is_broken() =>
        Broken(Record(after: Look("after-failover", "pg-2", OfStandby, Everywhere, OfStandby)))
            .Should().Contain(d => d.StartsWith("srelab:archive_failing is nowhere after-failover", StringComparison.Ordinal));

    [Fact]
    public void A_metric_of_the_primary_that_stayed_on_the_old_one_is_broken() =>
        Broken(Record(after: Look("after-failover", "pg-2", [.. OfStandby, "srelab:archive_failing"], Everywhere, OfStandby))).Should()
            .Contain(d => d.StartsWith("srelab:archive_failing is missing on pg-2 (primary) after-failover", StringComparison.Ordinal))
            .And.Contain(d => d.StartsWith("srelab:archive_failing is on pg-1 (standby), where its role says it is not", StringComparison.Ordinal));

    [Fact]
    public void A_metric_that_one_standby_lacks_is_broken() =>
        Broken(Record(before: Look("before-failover", "pg-1", OfPrimary, OfStandby, Everywhere)))
            .Should().ContainSingle().Which.Should().StartWith("srelab:replication_lag_seconds is missing on pg-3 (standby) before-failover");

    [Fact]
    public void A_metric_of_every_member_that_the_primary_alone_has_is_broken() =>
        Broken(Record(before: Look("before-failover", "pg-1", OfPrimary, ["pg_up", "srelab:replication_lag_seconds"], OfStandby)))
            .Should().ContainSingle().Which.Should().StartWith("srelab:postgres_up is missing on pg-2 (standby)");

    [Fact]
    public void What_belongs_to_no_member_is_enough_once() =>
        MetricsCovered.Check(Record() with { Named = Named(["node_load1"]) }).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void Without_evidence_it_is_unknown()
    {
        var record = Record();
        MetricsRecord?[] poor =
        [
            null,
            record with { Named = new Dictionary<string, IReadOnlyList<string>>() },
            record with { Looks = [] },
            record with { Looks = [record.Looks[0]] },
            record with { Looks = [record.Looks[1]] },
            record with { Looks = [record.Looks[0], record.Looks[1] with { Primary = "pg-1" }] },
            record with { Looks = [record.Looks[0], Without(record.Looks[1], "pg-1")] },
            record with { Looks = [Without(Without(record.Looks[0], "pg-1"), "pg-3"), Without(Without(record.Looks[1], "pg-1"), "pg-3")] },
        ];

        poor.Select(r => MetricsCovered.Check(r).Kind).Should().OnlyContain(k => k == VerdictKind.Unknown);
    }

    private static IReadOnlyList<string> Broken(MetricsRecord record)
    {
        var verdict = MetricsCovered.Check(record);
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return verdict.Details;
    }

    private static MetricsRecord Record(MetricsLook? before = null, MetricsLook? after = null) => new()
    {
        Looks =
        [
            before ?? Look("before-failover", "pg-1", OfPrimary, OfStandby, OfStandby),
            after ?? Look("after-failover", "pg-2", OfStandby, OfPrimary, OfStandby),
        ],
        Named = Named(["srelab:postgres_up", "srelab:archive_failing", "srelab:replication_lag_seconds"]),
    };

    private static Dictionary<string, IReadOnlyList<string>> Named(string[] names) => names.ToDictionary(n => n, IReadOnlyList<string> (_) => ["a.yml", "b.json"]);

    private static MetricsLook Look(string moment, string primary, string[] first, string[] second, string[] third) => new(
        moment,
        DateTimeOffset.UnixEpoch,
        primary,
        new Dictionary<string, IReadOnlyList<string>> { ["pg-1"] = first, ["pg-2"] = second, ["pg-3"] = third, [MetricsCheck.Edge] = ["node_load1"] });

    private static MetricsLook Without(MetricsLook look, string member) =>
        look with { Members = look.Members.Where(m => m.Key != member).ToDictionary(m => m.Key, m => m.Value) };
}
