using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class ServerWorkTests
{
    private static readonly string[] OldPrimary =
    [
        "2026-12-01 10:00:01.000 UTC [7] LOG:  received fast shutdown request",
        "2026-12-01 10:00:01.100 UTC [7] LOG:  aborting any active transactions",
        "2026-12-01 10:00:04.000 UTC [7] LOG:  database system is shut down",
        "2026-12-01 10:00:06.000 UTC [9] LOG:  starting PostgreSQL 15.14 on x86_64-pc-linux-gnu",
        "2026-12-01 10:00:07.500 UTC [9] LOG:  database system is ready to accept read-only connections",
    ];

    private static readonly string[] NewPrimary =
    [
        "2026-12-01 10:00:03.500 UTC [5] LOG:  received promote request",
        "2026-12-01 10:00:05.000 UTC [5] LOG:  database system is ready to accept connections",
    ];

    [Fact]
    public void What_servers_did_at_once_is_one_time_and_only_what_lies_within_counts()
    {
        var work = new ServerWork(Logs());

        work.SecondsWithin(0, 10_000).Should().BeApproximately(5.5, 1e-9, "1 to 5 s, then 6 to 7.5 s");
        work.SecondsWithin(2000, 4500).Should().BeApproximately(2.5, 1e-9);
        work.SecondsWithin(8000, 10_000).Should().Be(0);
        work.Describe(2000, 4500).Should().Be("pg-1 shut down in 2.0 s, pg-2 promoted in 1.0 s");
    }

    [Fact]
    public void A_log_that_shows_no_end_or_is_not_there_makes_nothing_milder()
    {
        new ServerWork(null).SecondsWithin(0, 10_000).Should().Be(0);
        new ServerWork(Logs(OldPrimary[..2], [])).SecondsWithin(0, 10_000).Should().Be(0);
    }

    [Fact]
    public void An_outage_of_planned_work_is_judged_without_what_servers_did()
    {
        // Writes stop at +2.0 s and are back at +3.51 s of the history; a server shuts down meanwhile for 1 s.
        var planned = Ledger.Good(FaultKinds.Switchover);
        var measure = WriteOutage.Measure(planned)!;
        var from = measure.FromMs;
        var worked = planned with { Logs = Logs([At(from + 200, "received fast shutdown request"), At(from + 1200, "database system is shut down")], []) };

        var judged = WriteOutage.Measure(worked)!;

        judged.Seconds.Should().Be(measure.Seconds);
        judged.WaitSeconds.Should().BeApproximately(measure.Seconds - 1, 1e-6);
        judged.Describe().Should().Contain("0.51 s beside the servers' work of 1.00 s (pg-1 shut down in 1.0 s)");
        WriteOutage.Measure(Ledger.Good() with { Logs = worked.Logs })!.WaitSeconds.Should().Be(measure.Seconds, "a kill needs no such work");
    }

    private static string At(double ms, string message) =>
        FormattableString.Invariant($"{DateTimeOffset.Parse("2026-12-01T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture).AddMilliseconds(ms):yyyy-MM-dd HH:mm:ss.fff} UTC [7] LOG:  {message}");

    private static LogHistory Logs() => Logs(OldPrimary, NewPrimary);

    private static LogHistory Logs(string[] first, string[] second)
    {
        return new LogHistory(
            new MemberLogsRecord { StartedUtc = DateTimeOffset.Parse("2026-12-01T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture), Members = [] },
            new Dictionary<string, IReadOnlyList<LogLine>> { ["pg-1"] = Lines(first), ["pg-2"] = Lines(second) });

        static IReadOnlyList<LogLine> Lines(string[] texts) => [.. texts.Select((t, i) => LogLine.Read("log", i + 1, t))];
    }
}
