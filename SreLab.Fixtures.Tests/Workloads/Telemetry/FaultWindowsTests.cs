using FluentAssertions;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Workloads.Telemetry;

public sealed class FaultWindowsTests
{
    private readonly FaultWindows _windows = new();

    private string[] Samples => [.. _windows.Render().Split('\n').Where(l => l.StartsWith(FaultWindows.Series, StringComparison.Ordinal))];

    [Fact]
    public void Nothing_broken_yet_is_a_head_without_samples()
    {
        _windows.Render().Should().Contain("# TYPE srelab_fault_active gauge\n");
        Samples.Should().BeEmpty();
    }

    [Fact]
    public void A_fault_is_one_until_it_is_healed_and_zero_afterwards()
    {
        var window = _windows.Open("postmaster-killed", "pg-2");
        Samples.Should().Equal("srelab_fault_active{kind=\"postmaster-killed\",target=\"pg-2\"} 1");
        window.Dispose();
        window.Dispose();
        Samples.Should().Equal("srelab_fault_active{kind=\"postmaster-killed\",target=\"pg-2\"} 0");
    }

    [Fact]
    public void The_same_fault_twice_at_once_is_over_when_both_are()
    {
        var first = _windows.Open("deadlocks", "pg-1");
        using (_windows.Open("deadlocks", "pg-1"))
        {
            first.Dispose();
            Samples.Should().ContainSingle().Which.Should().EndWith(" 1");
        }

        Samples.Should().ContainSingle().Which.Should().EndWith(" 0");
    }
}
