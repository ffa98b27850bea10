using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchObservationTests
{
    private static readonly string[] Disks =
    [
        " 254       0 vda 8 0 64 3 {0} 0 {1} 9 0 {2} 12",
        " 254       1 vda1 8 0 64 3 99 0 9999 9 0 9999 12",
        " 254      16 vdb 8 0 64 3 1 0 10 9 0 5 12",
    ];

    [Fact]
    public void Use_of_the_host_is_the_difference_of_two_readings_of_whole_disks()
    {
        var before = Read("cpu  100 0 50 800 40 0 10 0 0 0\n", written: 1000, busyMs: 200, at: 0);
        var after = Read("cpu  160 0 80 820 80 5 15 40 0 0\n", written: 3000, busyMs: 1200, at: 2 * Stopwatch.Frequency);

        var host = after.Since(before);

        host["cpu_busy_ratio"].Should().BeApproximately(0.5, 1e-9);
        host["cpu_iowait_ratio"].Should().BeApproximately(0.2, 1e-9);
        host["cpu_steal_ratio"].Should().BeApproximately(0.2, 1e-9);
        host["disk_write_bytes_per_second"].Should().BeApproximately(2000 * 512 / 2.0, 1);
        host["disk_busy_ratio"].Should().BeApproximately(0.5, 1e-6);
        host["load_1m"].Should().Be(1.25);
    }

    [Fact]
    public void Statements_are_ranked_by_what_they_added()
    {
        var before = new StatementTotals(new Dictionary<long, (string, long, double)> { [1] = ("select 1", 1000, 5000), [2] = ("update  a\n set b", 10, 10), [3] = ("idle", 5, 5) });
        var after = new StatementTotals(new Dictionary<long, (string, long, double)> { [1] = ("select 1", 1100, 5100), [2] = ("update  a\n set b", 40, 310), [3] = ("idle", 5, 5) });

        var top = after.Since(before);

        top.Select(statement => statement.Query).Should().Equal("update a set b", "select 1");
        top[0].Share.Should().Be(0.75);
        top[0].MeanMs.Should().Be(10);
        top[1].Calls.Should().Be(100);
    }

    [Fact]
    public void A_statement_that_was_evicted_counts_from_zero()
    {
        var before = new StatementTotals(new Dictionary<long, (string, long, double)> { [1] = ("select 1", 1000, 5000) });
        var after = new StatementTotals(new Dictionary<long, (string, long, double)> { [1] = ("select 1", 30, 60) });

        after.Since(before).Single().Calls.Should().Be(30);
    }

    private static HostCounters Read(string stat, long written, long busyMs, long at)
    {
        string[] words = [.. Disks.Select(line => line
            .Replace("{0}", "7", StringComparison.Ordinal)
            .Replace("{1}", FormattableString.Invariant($"{written}"), StringComparison.Ordinal)
            .Replace("{2}", FormattableString.Invariant($"{busyMs}"), StringComparison.Ordinal))];
        return HostCounters.Parse(stat, words, "1.25 0.9 0.5 2/345 6789", new HashSet<string> { "vda", "vdb" }, at);
    }
}
