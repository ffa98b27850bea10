using FluentAssertions;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Reporting.Charts;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("512MB", 536_870_912L)]
    [InlineData("65536 8kB", 536_870_912L)]
    [InlineData("4 GB", 4_294_967_296L)]
    [InlineData("on", null)]
    [InlineData(null, null)]
    public void A_size_of_PostgreSQL_is_read_with_its_unit(string? setting, long? bytes) =>
        Figures.ParseSize(setting).Should().Be(bytes);

    [Fact]
    public void A_share_too_small_for_its_digits_is_not_called_nothing()
    {
        Figures.Share(0.00001).Should().Be("< 0.1 %");
        Figures.Share(0).Should().Be("0 %");
        Figures.Share(0.5).Should().Be("50.0 %");
    }

    [Fact]
    public void What_was_not_measured_is_unknown() => Figures.Milliseconds(double.NaN).Should().StartWith("unknown");

    [Theory]
    [InlineData(0.7)]
    [InlineData(7)]
    [InlineData(1187)]
    [InlineData(5412.7)]
    [InlineData(1_000_000)]
    public void An_axis_holds_its_data_and_ticks_at_round_numbers(double maximum)
    {
        var axis = Axis.FromZero(maximum, 4);

        axis.Max.Should().BeGreaterThanOrEqualTo(maximum);
        axis.Ticks.Should().HaveCountLessThanOrEqualTo(7).And.HaveCountGreaterThanOrEqualTo(3);
        axis.Ticks[^1].Should().BeApproximately(axis.Max, axis.Max * 1e-9);
    }

    [Fact]
    public void A_logarithmic_axis_holds_both_ends()
    {
        var axis = Axis.Logarithmic(3, 19_200);

        axis.Ticks.Should().Equal(1, 10, 100, 1_000, 10_000, 100_000);
        axis.Position(1).Should().Be(0);
        axis.Position(1_000_000).Should().Be(1);
    }
}
