using FluentAssertions;
using SreLab.Fixtures.Checkers;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class LossBoundTests
{
    [Theory]
    [InlineData(60, 0, 0.05)]
    [InlineData(300, 0, 0.01)]
    [InlineData(2, 0, 1.0)]
    public void No_loss_bounds_the_share_of_faults_that_lose_something(int faults, int lost, double share) =>
        LossBound.AtMost(faults, lost).Should().BeApproximately(share, 1e-12);

    [Fact]
    public void The_bound_is_on_the_safe_side_of_the_exact_one_and_near_it_for_many() =>
        Enumerable.Range(3, 500).Should().OnlyContain(n => LossBound.AtMost(n, 0) >= 1 - Math.Pow(0.05, 1.0 / n))
            .And.Subject.Where(n => n >= 30).Should().OnlyContain(n => LossBound.AtMost(n, 0) - (1 - Math.Pow(0.05, 1.0 / n)) < 0.006);

    [Theory]
    [InlineData(0, 0, "No fault was judged, so nothing is known of the next one.")]
    [InlineData(60, 2, "2 of 60 faults lost an acknowledged write: there is nothing to bound.")]
    [InlineData(60, 0, "0 of 60 faults lost an acknowledged write: at most 5 % of such faults do, with 95 % confidence.")]
    public void A_loss_or_no_fault_bounds_nothing(int faults, int lost, string sentence)
    {
        LossBound.Describe(faults, lost).Should().Be(sentence);
        LossBound.AtMost(faults, lost).HasValue.Should().Be(faults > 0 && lost == 0);
    }
}
