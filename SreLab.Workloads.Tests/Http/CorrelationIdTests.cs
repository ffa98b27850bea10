using FluentAssertions;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.Tests.Http;

public sealed class CorrelationIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("A-b_c.9")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_well_formed_one_is_taken_over(string received) => CorrelationId.TakeOverOrMake(received).Should().Be(received);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a/b")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Any_other_is_replaced_by_a_new_one(string? received)
    {
        var made = CorrelationId.TakeOverOrMake(received);

        made.Should().MatchRegex("^[0-9a-f]{32}$").And.NotBe(CorrelationId.TakeOverOrMake(received));
    }
}
