using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Npgsql;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Tests.Workloads.Ledger;

public sealed class LedgerWorkloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-ledger-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Where_nobody_listens_every_scheduled_write_is_refused_and_none_is_skipped()
    {
        var clock = new HistoryClock();
        var path = Path.Combine(_folder, "history.jsonl");
        await using (var history = new HistoryWriter<Operation>(path, new HistoryHeader(clock.StartedUtc, 2, 20, 1000)))
        {
            var load = new LedgerWorkload(Nowhere(), new LedgerOptions { Run = "t", Writers = 2, RatePerSecond = 20 }, clock, history);
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            await load.DisposeAsync();
            load.Counts.Acknowledged.Should().Be(0);
            load.Counts.LastError.Should().Be("SocketException.ConnectionRefused");
        }

        var rows = HistoryReader.Read<Operation>(path).Rows;
        rows.Should().HaveCountGreaterThan(10).And.OnlyContain(o => o.Outcome == Outcome.Refused && o.SentMs == o.EndedMs && o.Server == null);
        rows.Select(o => o.Id).Should().OnlyHaveUniqueItems();
        foreach (var writer in rows.GroupBy(o => o.Client))
        {
            var schedule = writer.Select(o => o.ScheduledMs).ToList();
            schedule.Zip(schedule.Skip(1), (a, b) => b - a).Should().OnlyContain(step => Math.Abs(step - 100) < 1e-6);
        }
    }

    [Fact]
    public async Task The_probe_records_a_member_that_cannot_be_reached_as_not_accepting()
    {
        var clock = new HistoryClock();
        var path = Path.Combine(_folder, "probe.jsonl");
        await using (var history = new HistoryWriter<ProbeAttempt>(path, new HistoryHeader(clock.StartedUtc, 2, 20, 1000)))
        {
            var probe = new TwoPrimariesProbe(new Dictionary<string, string> { ["pg-1"] = Nowhere() }, clock, history);
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await probe.DisposeAsync();
        }

        var rows = HistoryReader.Read<ProbeAttempt>(path).Rows;
        rows.Should().HaveCountGreaterThan(2).And.OnlyContain(p => !p.Accepted && p.Timeline == 0 && p.Member == "pg-1");

        // The end of the probe may cut the last two short, one from each connection.
        var cut = rows.Where(p => p.Error == "unanswered").ToList();
        cut.Should().BeSubsetOf(rows.TakeLast(2));
        rows.Except(cut).Should().OnlyContain(p => p.Error == "SocketException.ConnectionRefused");
    }

    [Theory]
    [InlineData("25006", Outcome.Refused)]
    [InlineData("57P03", Outcome.Refused)]
    [InlineData("57P01", Outcome.Indeterminate)]
    [InlineData("57014", Outcome.Indeterminate)]
    [InlineData("XX000", Outcome.Indeterminate)]
    public void Only_an_error_that_proves_it_makes_a_sent_write_refused(string state, Outcome outcome)
    {
        var error = new PostgresException("text", "ERROR", "ERROR", state);

        WriteOutcome.AfterSending(error).Should().Be(outcome);
        WriteOutcome.Name(error).Should().Be(state);
    }

    [Fact]
    public void A_broken_connection_after_sending_is_indeterminate() =>
        WriteOutcome.AfterSending(new NpgsqlException("broken", new IOException())).Should().Be(Outcome.Indeterminate);

    [Fact]
    public void Two_experiments_never_share_an_id()
    {
        var ids = Enumerable.Range(0, 20).Select(_ => new LedgerIds()).SelectMany(source => Enumerable.Range(0, 100).Select(_ => source.Next()));

        ids.Should().OnlyHaveUniqueItems().And.OnlyContain(id => id > 0);
    }

    [Fact]
    public void The_rate_is_that_of_the_latest_window_only()
    {
        var tally = new LedgerTally(TimeSpan.FromSeconds(3));
        for (var at = 10; at <= 6000; at += 10)
        {
            tally.Add(SreLab.Fixtures.Tests.Ledger.Acknowledged(at, at));
        }

        tally.Add(SreLab.Fixtures.Tests.Ledger.NotAcknowledged(1, 6001, Outcome.Refused));

        tally.RatePerSecond(6000).Should().BeApproximately(100, 1);
        tally.RatePerSecond(8000).Should().BeApproximately(33.7, 1);
        tally.RatePerSecond(10_000).Should().Be(0);
        tally.Counts.Should().Be(new LedgerCounts(600, 1, 0, 5998, "57P03"));
    }

    [Theory]
    [InlineData("127.0.0.11/12", 12)]
    [InlineData("fe80::1/3", 3)]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void The_timeline_is_read_from_a_servers_identity(string? server, int? timeline) =>
        ServerIdentity.TimelineOf(server).Should().Be(timeline);

    private static string Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return FormattableString.Invariant($"Host=127.0.0.1;Port={port};Username=u;Password=p;Database=d");
    }
}
