using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Lab;

public sealed class WaitTests
{
    private static readonly Bound Short = new("NewPrimary", TimeSpan.FromMilliseconds(50));
    private static readonly Bound Long = new("NewPrimary", TimeSpan.FromSeconds(30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_value_is_returned_once_it_is_there()
    {
        var attempts = 0;

        var value = await UntilAsync(Long, _ => Task.FromResult((++attempts == 3 ? "pg-2" : null, "no leader")));

        value.Should().Be("pg-2");
        attempts.Should().Be(3);
    }

    [Fact]
    public async Task A_time_out_names_the_wait_its_length_and_what_was_last_seen()
    {
        var attempts = 0;
        var wait = () => UntilAsync(Short, _ => Task.FromResult<(string?, string)>((null, $"attempt {++attempts}")));

        (await wait.Should().ThrowAsync<LabException>())
            .Which.Message.Should().Match("timed out after 0.1 s (NewPrimary) waiting for a leader.\n  last seen    attempt *").And.EndWith($"attempt {attempts}");
        attempts.Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task An_error_is_not_yet_and_is_shown_as_last_seen()
    {
        var wait = () => UntilAsync(Short, _ => throw new IOException("connection reset"));
        var refused = () => UntilAsync(Short, _ => throw new LabException("endpoint refused"));

        (await wait.Should().ThrowAsync<LabException>()).Which.Message.Should().EndWith("last seen    IOException: connection reset");
        (await refused.Should().ThrowAsync<LabException>()).Which.Message.Should().EndWith("last seen    endpoint refused");
    }

    [Fact]
    public async Task An_error_that_passes_does_not_end_the_wait()
    {
        var attempts = 0;

        (await UntilAsync(Long, _ => ++attempts < 3 ? throw new TimeoutException() : Task.FromResult<(string?, string)>(("pg-2", "")))).Should().Be("pg-2");
    }

    [Fact]
    public async Task The_condition_is_asked_at_least_once() =>
        (await UntilAsync(new Bound("None", TimeSpan.Zero), _ => Task.FromResult<(string?, string)>(("pg-2", "")))).Should().Be("pg-2");

    [Fact]
    public async Task An_attempt_that_does_not_end_is_ended_and_what_was_seen_before_it_stays()
    {
        var attempts = 0;
        var clock = Stopwatch.StartNew();
        var wait = () => UntilAsync(Short, async token =>
        {
            if (++attempts > 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }

            return (null, "no leader");
        });

        (await wait.Should().ThrowAsync<LabException>()).Which.Message.Should().EndWith("last seen    no leader; the last attempt did not end");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_cancelled_wait_is_cancelled_and_no_time_out()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var wait = () => UntilAsync(
            Long,
            async token =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return (null, "");
            },
            source.Token);

        await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    private static Task<string> UntilAsync(Bound bound, Func<CancellationToken, Task<(string? Value, string Seen)>> probe, CancellationToken? ct = null) =>
        Wait.UntilAsync(bound, "a leader", probe, TimeSpan.FromMilliseconds(1), ct ?? Cancellation);
}
