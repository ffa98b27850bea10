using FluentAssertions;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

/// <summary>The texts are pgbench 15.18's own, from runs whose server was killed or overrun.</summary>
public sealed class BenchOutputTests
{
    private const string AbortedOutput = """
        pgbench (15.18 (Debian 15.18-0+deb12u1))
        transaction type: multiple scripts
        scaling factor: 1
        query mode: prepared
        number of clients: 4
        number of threads: 2
        maximum number of tries: 1
        duration: 8 s
        number of transactions actually processed: 12015
        number of failed transactions: 0 (0.000%)
        latency average = 0.988 ms
        latency stddev = 0.834 ms
        initial connection time = 9.571 ms
        tps = 4008.585011 (without initial connection time)
        SQL script 1: scripts/browse.sql
         - weight: 45 (targets 69.2% of total)
         - 8274 transactions (68.9% of total, tps = 2760.468779)
         - number of failed transactions: 0 (0.000%)
         - latency average = 0.629 ms
         - latency stddev = 0.410 ms
        """;

    private const string AbortedError = """
        pgbench: setting random seed to 42
        progress: 1.0 s, 3884.6 tps, lat 1.014 ms stddev 0.928, 0 failed
        pgbench: error: client 1 script 0 aborted in command 1 query 0: FATAL:  terminating connection due to unexpected postmaster exit
        progress: 3.0 s, 4088.1 tps, lat 0.962 ms stddev 0.759, 0 failed
        FATAL:  terminating connection due to unexpected postmaster exit
        pgbench: error: client 0 script 1 aborted in command 18 query 0: FATAL:  terminating connection due to unexpected postmaster exit
        pgbench: error: client 12 aborted in command 18 (SQL) of script 2; perhaps the backend died while processing
        pgbench: error: Run was aborted; the above results are incomplete.
        """;

    [Fact]
    public void The_summary_is_read_for_all_scripts_together() =>
        PgbenchOutput.Summary(AbortedOutput).Should().Equal(new Dictionary<string, double>
        {
            ["failed"] = 0,
            ["initial_connection_ms"] = 9.571,
            ["latency_average_ms"] = 0.988,
            ["latency_stddev_ms"] = 0.834,
            ["tps"] = 4008.585011,
            ["transactions"] = 12015,
        });

    [Fact]
    public void Skipped_and_failed_transactions_are_read_too()
    {
        var said = PgbenchOutput.Summary("""
            number of transactions actually processed: 22479
            number of failed transactions: 7 (0.031%)
            number of transactions skipped: 37441 (62.485%)
            latency average (including failures) = 1.407 ms
            """);

        said["skipped"].Should().Be(37441);
        said["failed"].Should().Be(7);
        said["latency_average_ms"].Should().Be(1.407);
    }

    [Fact]
    public void No_output_says_nothing() => PgbenchOutput.Summary("").Should().BeEmpty();

    [Fact]
    public void Every_client_that_gave_up_is_counted_once() =>
        PgbenchOutput.AbortedClients(AbortedError + "\npgbench: client 12 aborted in command 3").Should().BeEquivalentTo([0, 1, 12]);

    [Fact]
    public void Progress_and_the_random_seed_are_no_errors() =>
        PgbenchOutput.ErrorLines(AbortedError).Should().HaveCount(5).And.Contain("pgbench: error: Run was aborted; the above results are incomplete.");

    [Theory]
    [InlineData("progress: 2.0 s, 4035.4 tps, lat 0.988 ms stddev 0.810, 0 failed", 4035.4, 0)]
    [InlineData("progress: 1.0 s, 482.0 tps, lat 0.511 ms stddev 0.346, 3 failed, lag 0.091 ms", 482.0, 3)]
    [InlineData("progress: 1.0 s, 6183.0 tps, lat 1.522 ms stddev 0.277, 5 failed, lag 0.889 ms, 13578 skipped, 0 retried, 0 retries", 6183.0, 5)]
    public void A_line_of_progress_gives_speed_and_failures(string line, double tps, long failed) =>
        PgbenchOutput.Progress(line).Should().Be((tps, failed));

    [Fact]
    public void Another_line_is_no_progress() => PgbenchOutput.Progress("tps = 1").Should().BeNull();
}
