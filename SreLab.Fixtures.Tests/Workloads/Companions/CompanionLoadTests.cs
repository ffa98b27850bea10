using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Companions;

namespace SreLab.Fixtures.Tests.Workloads.Companions;

public sealed class CompanionLoadTests
{
    [Fact]
    public async Task Where_nobody_listens_a_question_is_refused_and_was_never_sent()
    {
        var clock = new HistoryClock();
        await using var source = CompanionClient.CreateSource(Nowhere(), "test");
        await using var client = new CompanionClient(source, clock, TimeSpan.FromSeconds(1));

        var answer = await client.AskAsync(_ => Task.FromResult(1));

        answer.Outcome.Should().Be(Outcome.Refused);
        answer.WasSent.Should().BeFalse();
        answer.Error.Should().Be("SocketException.ConnectionRefused");
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_given_up_within_the_patience()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var clock = new HistoryClock();
        await using var source = CompanionClient.CreateSource(To(((IPEndPoint)silent.LocalEndpoint).Port), "test");
        await using var client = new CompanionClient(source, clock, TimeSpan.FromMilliseconds(200));

        var answer = await client.AskAsync(_ => Task.FromResult(1));

        answer.Outcome.Should().Be(Outcome.Refused);
        (answer.EndedMs - answer.SentMs).Should().BeInRange(150, 10_000);
    }

    [Fact]
    public async Task Missed_moments_are_skipped_and_the_phase_is_kept()
    {
        var clock = new HistoryClock();
        var pace = new Pace(clock, -1050, 100);

        var first = await pace.NextAsync(TestContext.Current.CancellationToken);
        var second = await pace.NextAsync(TestContext.Current.CancellationToken);

        first.Should().BeGreaterThanOrEqualTo(-150, "of eleven moments that passed, only the latest is made up for");
        (((first!.Value + 1050) / 100) % 1).Should().BeApproximately(0, 1e-9);
        second.Should().BeGreaterThanOrEqualTo(first.Value + 100);
    }

    [Fact]
    public async Task A_cancelled_pace_has_no_next_moment()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        (await new Pace(new HistoryClock(), 60_000, 100).NextAsync(stopped.Token)).Should().BeNull();
    }

    private static string To(int port) => FormattableString.Invariant($"Host=127.0.0.1;Port={port};Username=u;Password=p;Database=d");

    private static string Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return To(((IPEndPoint)listener.LocalEndpoint).Port);
    }
}
