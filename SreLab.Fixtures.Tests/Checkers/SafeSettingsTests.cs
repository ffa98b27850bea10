using FluentAssertions;
using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class SafeSettingsTests
{
    [Fact]
    public void A_healthy_lab_holds() => SafeSettings.Check(StageRecords.Up()).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [InlineData("data_checksums")]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    [InlineData("synchronous_commit")]
    [InlineData("password_encryption")]
    [InlineData("ssl")]
    public void One_unsafe_or_unknown_setting_on_one_member_is_broken(string name)
    {
        SafeSettings.Check(StageRecords.Up().WithSetting("pg-2", name, "off")).Details
            .Should().ContainSingle().Which.Should().StartWith($"pg-2: {name} is off, needed is ");
        SafeSettings.Check(StageRecords.Up().WithSetting("pg-2", name, null)).Summary.Should().StartWith($"unsafe settings: pg-2: {name} is not known");
    }

    [Theory]
    [InlineData("local", VerdictKind.Broken)]
    [InlineData("off", VerdictKind.Broken)]
    [InlineData("remote_write", VerdictKind.Broken)]
    [InlineData("remote_apply", VerdictKind.Holds)]
    public void Commits_may_be_more_durable_than_needed_and_not_less(string value, VerdictKind expected) =>
        SafeSettings.Check(StageRecords.Up().WithSetting("pg-1", "synchronous_commit", value)).Kind.Should().Be(expected);

    [Fact]
    public void A_primary_that_waits_for_no_standby_is_broken_and_a_standby_that_names_none_is_not()
    {
        SafeSettings.Check(StageRecords.Up().WithSetting("pg-1", "synchronous_standby_names", "")).Details
            .Should().Equal("pg-1: synchronous_standby_names is empty on the primary, so that its commits wait for no standby");
        SafeSettings.Check(StageRecords.Up().WithSetting("pg-2", "synchronous_standby_names", "")).Kind.Should().Be(VerdictKind.Holds);
    }

    [Fact]
    public void A_server_without_standbys_has_none_to_wait_for()
    {
        var up = StageRecords.Up();

        SafeSettings.Check(up.WithSetting("pg-1", "synchronous_standby_names", "") with { Members = [up.Members[0]] }).Kind.Should().Be(VerdictKind.Holds);
    }

    [Theory]
    [InlineData("synchronous_commit", "local")]
    [InlineData("session_replication_role", "replica")]
    [InlineData("zero_damaged_pages", "on")]
    [InlineData("ignore_checksum_failure", "on")]
    public void What_a_role_or_a_database_sets_for_itself_is_named_however_the_server_runs(string name, string value)
    {
        var up = StageRecords.Up();

        var verdict = SafeSettings.Check(up with { ClientSettings = [.. up.ClientSettings, new("pg-3", "app, set for the role", name, value)] });

        verdict.Kind.Should().Be(VerdictKind.Broken);
        verdict.Details.Should().ContainSingle().Which.Should().StartWith($"pg-3: {name} is {value} for app, set for the role, needed is ");
    }

    [Fact]
    public void A_member_that_was_not_asked_as_clients_connect_is_unknown()
    {
        var up = StageRecords.Up();

        SafeSettings.Check(up with { ClientSettings = [.. up.ClientSettings.Where(s => s.Member != "pg-2")] })
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "settings unknown of pg-2: they could not be asked, or not as clients connect" });
    }

    [Fact]
    public void Settings_that_nobody_read_are_unknown() =>
        SafeSettings.Check(StageRecords.Up() with { Settings = new Dictionary<string, IReadOnlyDictionary<string, string>>() })
            .Kind.Should().Be(VerdictKind.Unknown);
}
