using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>On logs of a real kill of the primary pg-3, +3.3 s to +44.1 s, and on lines put into them.</summary>
public sealed class LogScanTests
{
    private static readonly IReadOnlyList<FaultWindow> Faults = [new("kill-member 1", 3347.7805, 44_073.7833)];
    private static readonly string[] Restarted = ["pg-3"];
    private static readonly DateTimeOffset Start = Load("good").Record.StartedUtc;

    [Fact]
    public void The_logs_of_a_killed_primary_hold_and_count_what_was_thrown_out()
    {
        var verdict = Check(Load("good"));

        verdict.Kind.Should().Be(VerdictKind.Holds);
        verdict.Measured.Should().StartWith("0 of ");
        verdict.Details.Should().HaveCount(3).And.Contain(d => d.StartsWith("pg-3:", StringComparison.Ordinal) && d.Contains("3 \"the database system is starting up\""));
    }

    [Theory]
    [InlineData("damaged", VerdictKind.Broken)]
    [InlineData("silent", VerdictKind.Unknown)]
    public void Stored_logs_are_judged_as_they_were(string name, VerdictKind kind) => Check(Load(name)).Kind.Should().Be(kind);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public void A_panic_is_broken_whenever_it_comes(double atSeconds) =>
        Broken(With("pg-2", atSeconds, "PANIC:  could not locate a valid checkpoint record")).Should().StartWith("log scan broken in kill-member 1: pg-2: PANIC at +");

    [Theory]
    [InlineData("ERROR:  invalid page in block 7 of relation base/16386/16420")]
    [InlineData("WARNING:  page verification failed, calculated checksum 1 but expected 2")]
    [InlineData("ERROR:  could not read block 9 in file \"base/5/16420\": read only 0 of 8192 bytes")]
    [InlineData("ERROR:  missing chunk number 0 for toast value 16500 in pg_toast_16420")]
    [InlineData("ERROR:  could not access status of transaction 4711")]
    [InlineData("FATAL:  incorrect checksum in control file")]
    [InlineData("ERROR:  could not open file \"base/5/16420\": No such file or directory")]
    public void A_sign_of_damage_is_broken_inside_of_the_fault_too(string message) =>
        Broken(With("pg-1", 20, message)).Should().Contain("pg-1: damage (").And.Contain("at +20.000 s");

    [Fact]
    public void Damage_is_known_by_its_SQLSTATE_where_the_prefix_has_one() =>
        Broken(With("pg-1", 20, "XX001 ERROR:  something that no list names")).Should().Contain("damage (ERROR)");

    [Fact]
    public void Damage_that_the_scenario_names_for_that_member_is_expected_there_alone()
    {
        ExpectedLogLine[] expected = [new("pg-1", "invalid page in block", "the page was changed on purpose")];

        Check(With("pg-1", 20, "ERROR:  invalid page in block 7 of relation base/5/1"), expected).Kind.Should().Be(VerdictKind.Holds);
        Check(With("pg-2", 20, "ERROR:  invalid page in block 7 of relation base/5/1"), expected).Kind.Should().Be(VerdictKind.Broken);
    }

    [Theory]
    [InlineData(11, 20, VerdictKind.Broken)]
    [InlineData(6, 60, VerdictKind.Broken)]
    [InlineData(9, 60, VerdictKind.Broken)]
    [InlineData(9, 20, VerdictKind.Holds)]
    public void A_process_that_crashed_is_broken_and_one_that_a_fault_killed_is_not(int signal, double atSeconds, VerdictKind kind) =>
        Check(With("pg-1", atSeconds, FormattableString.Invariant($"LOG:  server process (PID 4711) was terminated by signal {signal}: text"))).Kind.Should().Be(kind);

    [Fact]
    public void An_archive_command_that_was_ended_is_no_crash_of_the_server() =>
        Check(With("pg-1", 60, "LOG:  archive command was terminated by signal 15: Terminated")).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [InlineData("could not connect to the primary server: refused", 1)]
    [InlineData("could not connect to the primary server: refused", 60)]
    [InlineData("the database system is starting up", 1)]
    [InlineData("number of requested standby connections exceeds max_wal_senders (currently 10)", 60)]
    [InlineData("terminating connection due to unexpected postmaster exit", 60)]
    public void A_FATAL_that_a_fault_explains_is_broken_outside_of_it(string message, double atSeconds) =>
        Broken(With("pg-1", atSeconds, $"FATAL:  {message}")).Should().Contain("FATAL outside of the fault");

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public void A_FATAL_of_no_list_is_broken_whenever_it_comes(double atSeconds) =>
        Broken(With("pg-1", atSeconds, "app@shop FATAL:  password authentication failed for user \"app\"")).Should().Contain("password authentication failed");

    [Theory]
    [InlineData("terminating connection due to administrator command", 1)]
    [InlineData("sorry, too many clients already", 60)]
    [InlineData("connection to client lost", 60)]
    [InlineData("the database system is starting up", 60)]
    [InlineData("the database system is shutting down", 60)]
    [InlineData("terminating walreceiver due to timeout", 20)]
    [InlineData("requested timeline 3 is not a child of this server's history", 20)]
    [InlineData("requested timeline 3 does not contain minimum recovery point 0/7000148 on timeline 2", 20)]
    [InlineData("number of requested standby connections exceeds max_wal_senders (currently 10)", 20)]
    [InlineData("could not receive database system identifier and timeline ID from the primary server: server closed the connection unexpectedly", 20)]
    [InlineData("error reading result of streaming command: FATAL:  terminating connection due to administrator command", 20)]
    [InlineData("cannot continue WAL streaming, recovery has already ended", 20)]
    [InlineData("archive command was terminated by signal 15: Terminated", 20)]
    [InlineData("archive command failed with exit code 143", 20)]
    [InlineData("pre-existing shared memory block (key 5432001, ID 3) is still in use", 20)]
    public void A_FATAL_of_the_list_is_part_of_the_course_of_things(string message, double atSeconds) =>
        Check(With("pg-1", atSeconds, $"FATAL:  {message}")).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void A_statement_that_quotes_a_panic_is_none() =>
        Check(With("pg-1", 20, "app@shop STATEMENT:  select 'PANIC:  invalid page in block 1'")).Kind.Should().Be(VerdictKind.Holds);

    [Fact]
    public void What_single_user_mode_prints_before_a_line_hides_nothing() =>
        Broken(Put("pg-1", "backend> backend> 2026-11-22 03:48:00.000 UTC [1] PANIC:  lost")).Should().Contain("PANIC at +20.814 s: lost");

    [Fact]
    public void A_missing_log_leaves_it_unknown()
    {
        var logs = Load("good");

        Unknown(logs with { Lines = logs.Lines.Where(l => l.Key != "pg-2").ToDictionary() }).Should().Contain("the log of pg-2 is missing");
        Unknown(logs with { Record = logs.Record with { Members = [.. logs.Record.Members.Where(m => m.Member != "pg-3")] } }).Should().Contain("the log of pg-3 was not captured");
    }

    [Fact]
    public void A_log_that_was_cut_leaves_it_unknown()
    {
        var logs = Load("good");

        Unknown(logs with { Record = logs.Record with { Members = [.. logs.Record.Members.Select(m => m with { WasReplaced = m.Member == "pg-1" })] } })
            .Should().Contain("the log of pg-1 was cut or replaced meanwhile");
    }

    [Fact]
    public void A_log_that_is_empty_or_shows_no_restart_of_a_restarted_member_leaves_it_unknown()
    {
        Unknown(Load("silent")).Should().Contain("pg-3 was restarted, and its log is empty");
        LogScan.Check(Load("good"), Faults, ["pg-1"], []).Summary.Should().Contain("pg-1 was restarted, and its log does not show it");
    }

    [Fact]
    public void A_log_that_says_nothing_is_evidence_only_with_the_mark_of_its_server()
    {
        var silent = Load("silent");
        var marked = silent with { Record = silent.Record with { Mark = "srelab mark 1" } };
        var shown = marked with { Lines = marked.Lines.ToDictionary(l => l.Key, l => (IReadOnlyList<LogLine>)[.. l.Value, LogLine.Read("log.log", 1, "2026-11-22 03:48:40.000 UTC [1] app@shop LOG:  srelab mark 1")]) };

        LogScan.Check(silent, Faults, [], []).Summary.Should().Contain("the log of pg-3 is empty, so it may be another one");
        LogScan.Check(marked, Faults, [], []).Summary.Should().Contain("the log of pg-1 does not show what its server was told to log, so it may be another one");
        LogScan.Check(shown, Faults, [], []).Kind.Should().Be(VerdictKind.Holds);
        LogScan.Check(shown with { Lines = shown.Lines.ToDictionary(l => l.Key, l => l.Key == "pg-2" ? silent.Lines["pg-2"] : l.Value) }, Faults, [], []).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void No_logs_no_fault_and_no_heal_are_unknown()
    {
        LogScan.Check(null, Faults, [], []).Kind.Should().Be(VerdictKind.Unknown);
        LogScan.Check(new LogHistory(new MemberLogsRecord { StartedUtc = Start, Members = [] }, new Dictionary<string, IReadOnlyList<LogLine>>()), Faults, [], []).Kind.Should().Be(VerdictKind.Unknown);
        LogScan.Check(Load("good"), [Faults[0] with { HealedMs = null }], Restarted, []).Summary.Should().Contain("was never healed");
    }

    private static Verdict Check(LogHistory logs, params IReadOnlyList<ExpectedLogLine> expected) => LogScan.Check(logs, Faults, Restarted, expected);

    private static LogHistory Load(string name) => LogHistory.TryLoad(new RunStore(Repository.PathOf("SreLab.Fixtures.Tests/testdata/logs")), name)!;

    private static LogHistory With(string member, double atSeconds, string message) =>
        Put(member, FormattableString.Invariant($"{Start.UtcDateTime.AddSeconds(atSeconds):yyyy-MM-dd HH:mm:ss.fffffff} UTC [4711] {message}"));

    private static LogHistory Put(string member, string line)
    {
        var logs = Load("good");
        return logs with { Lines = logs.Lines.ToDictionary(l => l.Key, l => l.Key == member ? [.. l.Value, LogLine.Read($"log-{member}.log", 999, line)] : l.Value) };
    }

    private static string Broken(LogHistory logs)
    {
        var verdict = Check(logs);
        verdict.Kind.Should().Be(VerdictKind.Broken);
        return verdict.Summary;
    }

    private static string Unknown(LogHistory logs)
    {
        var verdict = Check(logs);
        verdict.Kind.Should().Be(VerdictKind.Unknown);
        return verdict.Summary;
    }
}
