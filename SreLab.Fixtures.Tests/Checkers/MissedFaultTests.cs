using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>A fault that was to hit the primary and hit a standby: everything goes on, and nothing is proven.</summary>
public sealed class MissedFaultTests
{
    private static readonly FaultHistory Missed = Ledger.Good() with { Record = Ledger.Good().Record with { Victim = "pg-3" } };

    [Fact]
    public void No_promise_of_it_holds()
    {
        const string reason = "kill-postmaster 1 hit pg-3, while pg-1 led.";

        Durability.CheckAll([Missed], Ledger.Objectives).Summary.Should().Be($"durability unknown in kill-postmaster 1: {reason}");
        WriteOutage.CheckPostmasterWorst([Missed], Ledger.Objectives).Summary.Should().EndWith($"unknown: {reason}");
        FaultCourses.CheckAll([Missed], FaultCatalogue.Of(FaultKinds.KillPostmaster)).Summary.Should().Be($"course unknown: {reason}");
    }

    [Theory]
    [InlineData(FaultKinds.KillPostmaster, "pg-1", false)]
    [InlineData(FaultKinds.KillPostmaster, "pg-2", true)]
    [InlineData(FaultKinds.KillStandby, "pg-2", false)]
    [InlineData(FaultKinds.KillProxy, "the load balancer", false)]
    [InlineData(FaultKinds.KillMember, "", false)]
    public void Only_what_was_to_hit_the_primary_can_miss_it(string kind, string victim, bool missed) =>
        ((Ledger.Good() with { Record = Ledger.Good().Record with { Kind = kind, Victim = victim } }).Missed is not null).Should().Be(missed);
}
