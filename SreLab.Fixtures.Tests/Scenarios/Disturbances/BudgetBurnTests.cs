using FluentAssertions;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

public sealed class BudgetBurnTests
{
    private const decimal Budget = 0.001m;
    private const int Minimum = 1000;

    // 30 s and 2.5 s at 14.4; 3 min and 15 s at 6, once divided by 120.
    private static readonly BurnRatePair[] Page =
    [
        new() { Severity = BurnRatePair.Page, Factor = 14.4m, LongMinutes = 60, ShortMinutes = 5 },
        new() { Severity = BurnRatePair.Page, Factor = 6m, LongMinutes = 360, ShortMinutes = 30 },
    ];

    [Theory]
    [InlineData(100, 10, 0, 0, true)]
    [InlineData(87, 8, 0, 0, true)]
    [InlineData(86, 10, 0, 0, false)]
    [InlineData(100, 7, 0, 0, false)]
    [InlineData(0, 0, 217, 19, true)]
    [InlineData(0, 0, 216, 19, false)]
    [InlineData(0, 0, 217, 18, false)]
    [InlineData(0, 0, 0, 0, false)]
    public void Both_windows_of_one_pair_must_burn_faster_than_its_factor(long bad30, long bad2500, long bad180, long bad15, bool holds) =>
        Holds(new Dictionary<double, (long, long)>
        {
            [30] = (bad30, 6000),
            [2.5] = (bad2500, 500),
            [180] = (bad180, 36000),
            [15] = (bad15, 3000),
        }).Should().Be(holds);

    [Fact]
    public void Too_few_operations_say_nothing() =>
        Holds(new Dictionary<double, (long, long)> { [30] = (900, 999), [2.5] = (80, 80), [180] = (900, 999), [15] = (500, 500) }).Should().BeFalse();

    [Fact]
    public void No_operation_at_all_lately_is_not_a_failing_one() =>
        Holds(new Dictionary<double, (long, long)> { [30] = (900, 1000), [2.5] = (0, 0), [180] = (900, 1000), [15] = (0, 0) }).Should().BeFalse();

    private static bool Holds(Dictionary<double, (long Bad, long All)> windows) =>
        BudgetBurn.Holds(Page, 120, Budget, Minimum, window => windows[window.TotalSeconds]);
}
