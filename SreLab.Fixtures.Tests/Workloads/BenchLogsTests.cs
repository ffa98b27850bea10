using System.Globalization;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchLogsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-bench-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_logs_of_all_threads_are_found_in_order_and_nothing_else_is()
    {
        foreach (var name in new[] { "pgbench.77.10", "pgbench.77", "pgbench.77.2", "series.csv", "pgbench.log", "pgbench.77.2.gz" })
        {
            Write(name, "");
        }

        PgbenchLogs.Find(_folder).Select(Path.GetFileName).Should().Equal("pgbench.77", "pgbench.77.2", "pgbench.77.10");
    }

    [Fact]
    public void A_malformed_line_is_told_with_file_and_line_number()
    {
        var log = Write("pgbench.7", "0 1 5 0 100 1\n0 2 5 0 100 2\nnonsense\n");

        var read = () => PgbenchLogs.Read([log], mayBeCutOff: true);

        read.Should().Throw<LabException>().Which.Message.Should()
            .StartWith("bench log unreadable: line 3 of pgbench.7 is not a line of pgbench -l.").And.Contain("'nonsense'");
    }

    [Fact]
    public void Half_a_line_at_the_end_is_left_out_when_pgbench_was_killed_and_refused_when_it_was_not()
    {
        var log = Write("pgbench.7", "0 1 5 0 100 1\n0 2 5 0 1");

        PgbenchLogs.Read([log], mayBeCutOff: true).Should().HaveCount(1);
        var read = () => PgbenchLogs.Read([log], mayBeCutOff: false);
        read.Should().Throw<LabException>().WithMessage("*line 2 of pgbench.7*");
    }

    [Fact]
    public void A_log_that_grows_is_read_on_from_where_it_ended()
    {
        var log = Write("pgbench.7", "0 1 5 0 100 1\n0 2 5");
        using var reader = new PgbenchLogReader(log);
        var samples = new List<PgbenchSample>();

        reader.ReadAvailable(samples);
        File.AppendAllText(log, "00 0 100 2\n0 3 7 0 100 3\n");
        reader.ReadAvailable(samples);

        samples.Select(sample => sample.LatencyUs).Should().Equal(5, 500, 7);
        reader.EndsWithinLine.Should().BeFalse();
    }

    [Fact]
    public void Half_a_million_lines_are_read_in_half_a_second_of_processor_time()
    {
        var text = new StringBuilder();
        var random = new Random(1);
        for (var n = 0; n < 500_000; n++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{n % 8} {n} {random.Next(300, 200_000)} {n % 4} {1_795_262_726 + (n / 2000)} {n % 1_000_000}\n");
        }

        var log = Write("pgbench.7", text.ToString());
        PgbenchLogs.Read([log], mayBeCutOff: false);

        // Processor time of this thread: the clock on the wall would judge whatever else the machine does.
        var before = ThreadProcessorTime();
        PgbenchLogs.Read([log], mayBeCutOff: false).Should().HaveCount(500_000);

        (ThreadProcessorTime() - before).Should().BeLessThan(TimeSpan.FromSeconds(0.5));
    }

    private static TimeSpan ThreadProcessorTime() =>
        new(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
