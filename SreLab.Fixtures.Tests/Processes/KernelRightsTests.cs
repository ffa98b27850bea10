using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Processes;

public sealed class KernelRightsTests
{
    [Theory]
    [InlineData(true, "CapEff:\t000001ffffffffff", null)]
    [InlineData(true, "CapEff:\t00000000a80425fb", "CAP_SYS_ADMIN")]
    [InlineData(true, "Name:\tsh", null)]
    [InlineData(false, "CapEff:\t0000000000000000", "needs root")]
    public void A_user_who_may_not_mount_is_told_why(bool isRoot, string status, string? expected)
    {
        var reason = KernelRights.WhyNoMountOf(isRoot, ["Umask:\t0022", status]);
        if (expected is null)
        {
            reason.Should().BeNull();
        }
        else
        {
            reason.Should().Contain(expected);
        }
    }
}
