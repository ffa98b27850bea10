using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bench;
using static SreLab.Fixtures.Tests.Workloads.BenchSamples;

namespace SreLab.Fixtures.Tests.Workloads;

public sealed class BenchMeasureTests : IDisposable
{
    private static readonly BenchPassPlan Plan = new()
    {
        Name = BenchPassPlan.ClosedLoop,
        Scripts = [new BenchScript("browse", 3), new BenchScript("place_order", 1)],
        Variables = new Dictionary<string, long> { ["products"] = 10, ["customers"] = 20 },
        Clients = 2,
        WarmupSeconds = 1,
        Seconds = 2,
        LatencyObjectiveMs = 3,
        RandomSeed = 42,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-bench-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_pass_is_measured_without_its_warm_up_and_by_script()
    {
        PgbenchSample[] samples =
        [
            At(0.1, ms: 100), At(1.2, ms: 2), At(1.4, ms: 4, script: 1), At(2.2, ms: 6), At(2.3, outcome: SampleOutcome.Failed), At(2.4, outcome: SampleOutcome.Skipped),
        ];

        var record = BenchPassMeasure.Of(Plan, samples, new ProgramResult(0, "", "", TimeSpan.Zero), Launched);

        record.Transactions.Should().Be(3);
        record.Tps.Should().Be(1.5);
        record.Latency.Average.Should().Be(4);
        record.Latency.Max.Should().Be(6);
        record.Scripts.Select(script => (script.Name, script.Transactions)).Should().Equal(("browse", 2), ("place_order", 1));
        record.Errors.Total.Should().Be(2);
        record.LoggedTransactions.Should().Be(4);
        record.LoggedAverageMs.Should().Be(28);
        record.Slow.Should().Be(new SlowRecord(3, 2), "4 ms and 6 ms are over 3 ms; the warm-up does not count");
    }

    [Fact]
    public void A_pass_without_a_transaction_is_a_record_that_says_so()
    {
        var record = BenchPassMeasure.Of(Plan, [], new ProgramResult(2, "", "pgbench: error: client 1 aborted", TimeSpan.Zero), Launched);

        record.Transactions.Should().Be(0);
        record.Errors.SilentSeconds.Should().Be(2);
        record.Errors.AbortedClients.Should().Be(1);
        record.Errors.Total.Should().BePositive();
        record.Scripts.Should().OnlyContain(script => script.Transactions == 0);
    }

    [Fact]
    public void The_series_has_every_second_also_the_empty_one()
    {
        PgbenchSample[] samples = [At(0.001, ms: 1), At(0.5, ms: 3), At(2.5, ms: 8), At(2.6, outcome: SampleOutcome.Failed)];
        var file = Path.Combine(_folder, "series.csv");

        BenchSeries.Write(file, BenchSeries.Of(samples, BenchWindow.Of(samples, 0, 3, Launched)));

        File.ReadAllLines(file).Should().Equal(
            "second,tps,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,errors",
            "0,2,2,1,3,3,3,0",
            "1,0,NaN,NaN,NaN,NaN,NaN,0",
            "2,1,8,8,8,8,8,1");
    }

    [Fact]
    public void Arguments_can_be_repeated_by_hand_and_hold_no_secret() =>
        string.Join(' ', (Plan with { RatePerSecond = 70, Threads = 2 }).LoggedArguments("open-loop")).Should().Be(
            "--no-vacuum --protocol=prepared --random-seed=42 --file=scripts/browse.sql@3 --file=scripts/place_order.sql@1 " +
            "--define=customers=20 --define=products=10 -c 2 -j 2 -T 3 --rate=70 -P 1 -l --log-prefix=open-loop/pgbench");

    [Fact]
    public void An_unknown_script_in_the_mix_is_refused_by_name()
    {
        var mix = () => BenchScripts.Mix(new Dictionary<string, int> { ["browse"] = 1, ["brows"] = 1 });

        mix.Should().Throw<LabException>().WithMessage("*'brows'*browse, customer_history, place_order, pay_invoice*");
    }

    [Fact]
    public void Every_script_is_there_and_the_read_only_part_of_a_mix_never_writes()
    {
        BenchScripts.All.Should().OnlyContain(name => BenchScripts.Text(name).StartsWith("-- ", StringComparison.Ordinal));

        var reads = BenchScripts.ReadOnlyPart(BenchScripts.Mix(new Dictionary<string, int> { ["place_order"] = 1 }));

        reads.Select(script => script.Name).Should().Equal("browse", "customer_history");
        reads.Should().OnlyContain(script => !BenchScripts.Text(script.Name).Contains("insert ", StringComparison.Ordinal)
            && !BenchScripts.Text(script.Name).Contains("update ", StringComparison.Ordinal));
    }
}
