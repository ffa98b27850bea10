using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchLogLineTests
{
    [Theory]
    [InlineData("3 12 7634 2 1795262726 742016", 7634)]
    [InlineData("3 12 3291 2 1795262745 16602 272", 3291)]
    [InlineData("3 12 6526 2 1795262748 58235 170 0", 6526)]
    [InlineData("3 12 0 2 1795262748 0", 0)]
    public void A_finished_transaction_is_read_with_and_without_the_optional_columns(string line, long latency)
    {
        Parse(line).Should().NotBeNull();
        var sample = Parse(line)!.Value;

        sample.Client.Should().Be(3);
        sample.Script.Should().Be(2);
        sample.LatencyUs.Should().Be(latency);
        sample.Outcome.Should().Be(SampleOutcome.Ok);
    }

    [Fact]
    public void The_end_of_a_transaction_is_whole_seconds_and_microseconds() =>
        Parse("0 1 10 0 1795262726 7")!.Value.FinishUs.Should().Be(1_795_262_726_000_007);

    [Theory]
    [InlineData("1 1 skipped 0 1795262748 53962 0 0", SampleOutcome.Skipped)]
    [InlineData("1 1 failed 0 1795262748 53962", SampleOutcome.Failed)]
    [InlineData("1 1 serialization 0 1795262748 53962 1", SampleOutcome.Failed)]
    [InlineData("1 1 deadlock 0 1795262748 53962 12 3", SampleOutcome.Failed)]
    public void A_word_in_place_of_the_time_is_an_outcome_without_latency(string line, object outcome)
    {
        Parse(line)!.Value.Outcome.Should().Be((SampleOutcome)outcome);
        Parse(line)!.Value.LatencyUs.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 1 7634 0 1795262726")]
    [InlineData("0 1 7634 0 1795262726 1000000")]
    [InlineData("0 1 7634 0 1795262726 742016 ")]
    [InlineData("0 1 7634 0 1795262726 742016 1 2 3")]
    [InlineData("0 1 -5 0 1795262726 742016")]
    [InlineData("0 1 lost 0 1795262726 742016")]
    [InlineData("0  1 7634 0 1795262726 742016")]
    [InlineData("0 1 76.34 0 1795262726 742016")]
    [InlineData("0 1 7634 0 1795262726 742016\r")]
    [InlineData("0 1 7634 99999 1795262726 742016")]
    [InlineData("99999999999999999999 1 7634 0 1795262726 742016")]
    [InlineData("1795262726 1 2 3 4 5 6 7 8 9")]
    public void Anything_else_is_refused(string line) => Parse(line).Should().BeNull();

    private static PgbenchSample? Parse(string line) =>
        PgbenchLogLine.TryParse(Encoding.UTF8.GetBytes(line), out var sample) ? sample : null;
}
