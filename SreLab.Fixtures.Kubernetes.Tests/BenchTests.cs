using FluentAssertions;
using SreLab.Fixtures.Kubernetes.Bench;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Kubernetes.Tests;

public sealed class BenchTests
{
    private static readonly string[] Arguments =
        ["--no-vacuum", "--random-seed=42", "--file=scripts/browse.sql@3", "-c", "8", "-j", "2", "-T", "20", "--rate=100", "-P", "1", "-l", "--log-prefix=open-loop/pgbench"];

    [Fact]
    public void A_pass_is_divided_without_losing_a_client_or_a_transaction()
    {
        var shares = BenchShares.Of(Arguments, 3);

        shares.Select(s => s.FirstClient).Should().Equal(0, 3, 6);
        shares.Select(s => After(s, "-c")).Should().Equal("3", "3", "2");
        shares.Select(s => After(s, "-j")).Should().Equal("2", "2", "2");
        shares.Select(s => s.Arguments.Single(a => a.StartsWith("--rate=", StringComparison.Ordinal))).Should().Equal("--rate=37.5", "--rate=37.5", "--rate=25");
        shares.Select(s => s.Arguments.Single(a => a.StartsWith("--random-seed=", StringComparison.Ordinal))).Should().Equal("--random-seed=42", "--random-seed=43", "--random-seed=44");
        shares.Should().OnlyContain(s => s.Arguments.Contains("--log-prefix=pgbench") && s.Arguments.Contains("--file=scripts/browse.sql@3") && After(s, "-T") == "20");
    }

    [Fact]
    public void There_are_never_more_pods_than_clients() =>
        BenchShares.Of([.. Arguments.Select(a => a == "8" ? "2" : a)], 5).Select(s => (After(s, "-c"), After(s, "-j"))).Should().Equal(("1", "1"), ("1", "1"));

    [Theory]
    [InlineData("pgbench", "--log-prefix=a/pgbench", true)]
    [InlineData("pgbench", "-i", false)]
    [InlineData("psql", "--log-prefix=a/pgbench", false)]
    public void Only_a_logged_pass_of_pgbench_goes_into_the_cluster(string program, string argument, bool expected) =>
        BenchShares.IsBench(program, [argument]).Should().Be(expected);

    [Fact]
    public void Logs_belong_where_the_pass_put_them() => BenchShares.LogFolder(Arguments).Should().Be("open-loop");

    [Fact]
    public void Summaries_are_added_and_averages_weighted()
    {
        var said = PgbenchOutput.Summary(BenchMerge.Output([Part(0, 300, 10, 1.5), Part(1, 100, 20, 2.5)]));

        said.Should().Contain("transactions", 400).And.Contain("failed", 2).And.Contain("latency_average_ms", 12.5).And.Contain("tps", 40).And.Contain("initial_connection_ms", 2.5);
    }

    [Fact]
    public void A_part_without_a_summary_leaves_none_for_all() =>
        PgbenchOutput.Summary(BenchMerge.Output([Part(0, 300, 10, 1), Part(1, 1, 1, 1) with { Output = "killed" }])).Should().BeEmpty();

    [Fact]
    public void Clients_keep_one_number_each_in_logs_and_errors()
    {
        BenchMerge.LogLine("3 17 5242 0 1795300000 123456", 8).Should().Be("11 17 5242 0 1795300000 123456");
        BenchMerge.LogName("pgbench.7", 0).Should().Be("pgbench.10000007");
        BenchMerge.LogName("pgbench.7.1", 1).Should().Be("pgbench.20000007.1");
        var error = BenchMerge.Error([Part(0, 1, 1, 1), Part(8, 1, 1, 1)]);

        PgbenchOutput.AbortedClients(error).Should().BeEquivalentTo([2, 10]);
    }

    [Fact]
    public void Seconds_are_told_once_every_pod_has_told_them()
    {
        var lines = new List<string>();
        var progress = new BenchProgress(2, lines.Add);

        progress.Take(0, "progress: 1.0 s, 100.5 tps, lat 3.1 ms stddev 1.0, 1 failed");
        progress.Take(0, "progress: 2.0 s, 90.0 tps, lat 3.1 ms stddev 1.0, 0 failed");
        progress.Take(1, "pgbench: error: client 3 aborted");
        progress.Take(1, "progress: 1.1 s, 50.5 tps, lat 3.1 ms stddev 1.0, 2 failed");

        lines.Should().HaveCount(2);
        lines[0].Should().StartWith("pgbench: error");
        PgbenchOutput.Progress(lines[1]).Should().Be((151.0, 3L));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Clients_leave_the_primarys_node_where_there_is_another(bool mustLeave)
    {
        var job = new BenchJob("srelab-bench-1", "srelab", "image", mustLeave, 60).Of(BenchShares.Of(Arguments, 2)[1], "srelab-app", new Dictionary<string, string> { ["PGHOST"] = "srelab-rw" });
        var pod = job.Spec.Template.Spec;

        job.Metadata.Name.Should().Be("srelab-bench-1-1");
        (pod.Affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution is not null).Should().Be(mustLeave);
        pod.Affinity.PodAntiAffinity.PreferredDuringSchedulingIgnoredDuringExecution[0].PodAffinityTerm.LabelSelector.MatchLabels.Should().Contain("cnpg.io/instanceRole", "primary");
        pod.Containers[0].Env.Should().Contain(e => e.Name == "PGPASSWORD" && e.Value == null && e.ValueFrom.SecretKeyRef.Name == "srelab-app");
        pod.Volumes.Single(v => v.Name == "ca").Secret.Items.Should().ContainSingle(i => i.Key == "ca.crt");
        job.Spec.Template.Metadata.Labels.Should().Contain("app.kubernetes.io/component", "bench");
    }

    private static BenchPart Part(int firstClient, int transactions, double latency, double connection) => new(
        new BenchShare(0, firstClient, []),
        "pod",
        "node",
        0,
        FormattableString.Invariant($"number of transactions actually processed: {transactions}\nnumber of failed transactions: 1 (0.1%)\nlatency average = {latency} ms\ninitial connection time = {connection} ms\ntps = 20.0 (without initial connection time)\n"),
        "pgbench: error: client 2 script 0 aborted in command 1\n");

    private static string After(BenchShare share, string option) => share.Arguments.SkipWhile(a => a != option).Skip(1).First();
}
