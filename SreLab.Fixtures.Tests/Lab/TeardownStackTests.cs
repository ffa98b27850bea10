using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Lab;

public sealed class TeardownStackTests
{
    private readonly TeardownStack _stack = new();
    private readonly List<string> _undone = [];

    [Fact]
    public async Task The_last_step_is_undone_first()
    {
        Push("first", "second", "third");

        await _stack.UnwindAsync();

        _undone.Should().Equal("third", "second", "first");
    }

    [Fact]
    public async Task Every_step_runs_although_others_failed_and_each_failure_is_named()
    {
        Push("first");
        _stack.Push("lock", () => throw new IOException("gone"));
        _stack.Push("pool", () => ValueTask.FromException(new InvalidOperationException("busy")));
        Push("last");

        var unwind = async () => await _stack.UnwindAsync();

        (await unwind.Should().ThrowAsync<AggregateException>()).Which.InnerExceptions.Select(e => e.Message)
            .Should().Equal("teardown of pool failed: busy", "teardown of lock failed: gone");
        _undone.Should().Equal("last", "first");
    }

    [Fact]
    public async Task A_step_is_undone_once()
    {
        Push("first");

        await _stack.UnwindAsync();
        await _stack.UnwindAsync();

        _undone.Should().Equal("first");
    }

    private void Push(params string[] names)
    {
        foreach (var name in names)
        {
            _stack.Push(name, () =>
            {
                _undone.Add(name);
                return ValueTask.CompletedTask;
            });
        }
    }
}
