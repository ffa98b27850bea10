using FluentAssertions;
using SreLab.Workloads.InvoiceApp;
using SreLab.Workloads.InvoiceApp.Payments;

namespace SreLab.Workloads.Tests.Payments;

public sealed class BackoffTests
{
    private static readonly PaymentSettings Settings = new(new Uri("http://provider"), "", 4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(1, 0, 50)]
    [InlineData(1, 1, 100)]
    [InlineData(2, 1, 200)]
    [InlineData(3, 0.5, 300)]
    [InlineData(6, 1, 2000)]
    [InlineData(1000000, 1, 2000)]
    [InlineData(1000000, 0, 1000)]
    public void A_pause_doubles_up_to_two_seconds(int failures, double spread, double milliseconds) =>
        Backoff.After(failures, spread).TotalMilliseconds.Should().Be(milliseconds);

    [Fact]
    public void Orders_that_failed_together_come_back_apart()
    {
        var spreads = Enumerable.Range(0, 100).Select(i => Backoff.SpreadOf(Order(new Guid(i, 0, 0, new byte[8]), 1))).ToList();

        spreads.Should().OnlyContain(s => s >= 0 && s < 1).And.OnlyHaveUniqueItems();
        spreads.Average().Should().BeInRange(0.3, 0.7);
    }

    [Fact]
    public void Workers_slow_down_only_while_the_provider_answers_nobody()
    {
        var pause = new ProviderPause(Settings);

        for (var i = 0; i < 4; i++)
        {
            pause.Note(Outcome.Failed);
        }

        pause.Length(1).Should().Be(TimeSpan.Zero, "each worker may have failed once");
        pause.Note(Outcome.Failed);
        pause.Length(1).Should().Be(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 100; i++)
        {
            pause.Note(Outcome.Failed);
        }

        pause.Length(1).Should().Be(TimeSpan.FromSeconds(2));
        pause.Note(Outcome.Rejected);
        pause.Length(1).Should().Be(TimeSpan.Zero, "a refusal is an answer");
    }

    private static PaymentOrder Order(Guid key, int attempt) => new(1, key, 100, "c", attempt, true, Guid.Empty);
}
