using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class FaultLogsTests
{
    private static readonly FaultRecord Good = Ledger.Good().Record;

    [Theory]
    [InlineData(FaultKinds.PowerLoss, "pg-1", "pg-1", "pg-1,pg-2,pg-3")]
    [InlineData(FaultKinds.KillStandby, "pg-1", "pg-1", "pg-3")]
    [InlineData(FaultKinds.DamagePage, "pg-1", "pg-1", "pg-3")]
    [InlineData(FaultKinds.KillMember, "pg-1", "pg-2", "pg-1")]
    [InlineData(FaultKinds.Switchover, "pg-1", "pg-2", "pg-1")]
    [InlineData(FaultKinds.KillProxy, "pg-1", "pg-1", "")]
    public void Who_was_started_meanwhile_follows_from_the_fault(string kind, string before, string after, string expected) =>
        string.Join(',', FaultLogs.Restarted(Fault(kind, before, after)).Order(StringComparer.Ordinal)).Should().Be(expected);

    [Theory]
    [InlineData(FaultKinds.DamagePage, "pg-3", "invalid page in block")]
    [InlineData(FaultKinds.FillVolume, "pg-1", "No space left on device")]
    public void What_a_fault_makes_a_member_log_is_expected_of_that_member_alone(string kind, string member, string fragment)
    {
        var expected = FaultLogs.Expected(Fault(kind, "pg-1", "pg-2"));
        expected.Should().Contain(e => e.Member == member && e.Fragment == fragment).And.OnlyContain(e => e.Member == member);
    }

    [Fact]
    public void A_kill_explains_no_panic_and_no_damage() => FaultLogs.Expected(Fault(FaultKinds.KillMember, "pg-1", "pg-2")).Should().BeEmpty();

    [Fact]
    public void A_fault_without_logs_is_unknown() => FaultLogs.CheckAll([Fault(FaultKinds.KillMember, "pg-1", "pg-2")]).Kind.Should().Be(VerdictKind.Unknown);

    private static FaultHistory Fault(string kind, string before, string after) =>
        Ledger.Good() with { Record = Good with { Kind = kind, Victim = "pg-3", OldPrimary = before, NewPrimary = after } };
}
