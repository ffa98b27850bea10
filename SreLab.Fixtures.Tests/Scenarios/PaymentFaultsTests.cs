using FluentAssertions;
using SreLab.Fixtures.Scenarios.Payments;

namespace SreLab.Fixtures.Tests.Scenarios;

public sealed class PaymentFaultsTests
{
    [Fact]
    public void Every_seed_draws_all_kills_in_growing_shares_while_payments_are_left()
    {
        foreach (var seed in Enumerable.Range(0, 200))
        {
            var drawn = PaymentFaults.Draw(seed);

            drawn.Select(d => d.Kind).Should().BeEquivalentTo("kill-provider", "kill-provider", "kill-app", "kill-postmaster");
            drawn.Select(d => d.Share).Should().BeInAscendingOrder().And.OnlyContain(s => s > 0.05 && s < 0.8);
        }
    }

    [Fact]
    public void The_seed_decides() => PaymentFaults.Draw(7).Should().Equal(PaymentFaults.Draw(7)).And.NotEqual(PaymentFaults.Draw(8));
}
