using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchPlansTests
{
    private static readonly Dictionary<string, long> Population = new() { ["customers"] = 50_000, ["products"] = 8_000, ["invoices"] = 150_000 };

    private static readonly LabSettings Settings = new()
    {
        Mix = new Dictionary<string, int> { ["pay_invoice"] = 10, ["browse"] = 45, ["place_order"] = 0 },
        Clients = 4,
        BenchSeconds = 30,
        ShortPassSeconds = 20,
        WarmupSeconds = 3,
        Seed = int.MaxValue,
    };

    [Fact]
    public void The_open_loop_runs_at_seven_tenths_of_the_closed_loop() =>
        Open(Settings, 1000.9)!.RatePerSecond.Should().Be(500);

    [Fact]
    public void A_rate_that_was_asked_for_is_taken() =>
        Open(Settings with { Rate = 123 }, 0)!.RatePerSecond.Should().Be(123);

    [Fact]
    public void Without_any_rate_there_is_no_open_loop() => Open(Settings, 1).Should().BeNull();

    [Fact]
    public void Scripts_without_weight_are_left_out_and_the_others_keep_a_fixed_order() =>
        Closed(Settings).Scripts.Should().Equal(new BenchScript("browse", 45), new BenchScript("pay_invoice", 10));

    [Fact]
    public void Passes_draw_differently_but_agree_on_what_is_popular()
    {
        var closed = Closed(Settings);
        BenchPassPlan[] passes = [closed, Open(Settings, 1000)!, BenchPlans.ReadOnly(Settings, closed)];

        passes.Select(pass => pass.RandomSeed).Should().OnlyHaveUniqueItems().And.OnlyContain(seed => seed >= 0);
        passes.Select(pass => pass.Variables["default_seed"]).Should().AllBeEquivalentTo((long)int.MaxValue);
        passes.Select(pass => pass.Seconds).Should().Equal(30, 20, 20);
        passes[2].RatePerSecond.Should().BeNull();
    }

    private static BenchPassPlan Closed(LabSettings settings) => BenchPlans.ClosedLoop(settings, Population);

    private static BenchPassPlan? Open(LabSettings settings, double tps) => BenchPlans.OpenLoop(settings, Closed(settings), tps);
}
