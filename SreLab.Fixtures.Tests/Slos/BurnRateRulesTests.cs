using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Tests.Conventions;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Slos;

public sealed class BurnRateRulesTests
{
    private static readonly Objectives Shipped = Objectives.Load(Repository.PathOf("slos.json"));
    private static readonly ObservabilityFiles Files = new(Repository.Root);

    [Fact]
    public void The_committed_rules_are_what_slos_json_asks_for()
    {
        File.ReadAllText(Files.RunSloRules).Should().Be(BurnRateRules.Run(Shipped), "slos.json is the source; write the rules with: make rules");
        File.ReadAllText(Files.MonthSloRules).Should().Be(BurnRateRules.Month(Shipped), "slos.json is the source; write the rules with: make rules");
    }

    [Fact]
    public void Another_objective_makes_other_rules()
    {
        Objectives[] others =
        [
            Shipped with { BenchErrorRatio = 0.002m },
            Shipped with { BenchLatencyP99Ms = 250 },
            Shipped with { ServiceLevels = Shipped.ServiceLevels with { SlowRatio = 0.02m } },
            Shipped with { ServiceLevels = Shipped.ServiceLevels with { MinimumOperations = 500 } },
            Shipped with { ServiceLevels = Shipped.ServiceLevels with { BurnRates = [.. Shipped.ServiceLevels.BurnRates.Select(p => p with { Factor = p.Factor * 2 })] } },
        ];

        others.Select(BurnRateRules.Run).Append(BurnRateRules.Run(Shipped)).Should().OnlyHaveUniqueItems();
        others.Select(BurnRateRules.Month).Append(BurnRateRules.Month(Shipped)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Both_files_have_the_four_alerts_with_severity_and_runbook()
    {
        foreach (var file in new[] { Files.RunSloRules, Files.MonthSloRules })
        {
            var rules = AlertRule.Load(file);

            rules.Select(r => (r.Name, r.Severity)).Should().Equal(
                ("AvailabilityBudgetBurnPage", "page"), ("AvailabilityBudgetBurnTicket", "ticket"), ("LatencyBudgetBurnPage", "page"), ("LatencyBudgetBurnTicket", "ticket"));
            rules.Should().OnlyContain(r => r.For == TimeSpan.Zero && r.Annotations["runbook_url"].EndsWith($"/docs/runbooks/{r.Name}.md", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_recorded_series_is_read_only_after_it_was_recorded()
    {
        foreach (var text in new[] { BurnRateRules.Run(Shipped), BurnRateRules.Month(Shipped) })
        {
            var lines = text.Split('\n');
            var recorded = lines.Select((l, n) => (Name: l.Replace("- record: ", "", StringComparison.Ordinal).Trim(), Line: n, Is: l.Contains("- record: ", StringComparison.Ordinal)))
                .Where(l => l.Is).ToList();

            foreach (var (name, first, _) in recorded.DistinctBy(r => r.Name))
            {
                lines.Take(first).Where(l => l.Split(' ', '{', '(', ')', '[').Contains(name)).Should().BeEmpty("{0} is recorded below", name);
            }

            lines.SelectMany(l => l.Split(' ', '{', '(', ')', '[')).Where(w => w.StartsWith("srelab:", StringComparison.Ordinal)).Distinct()
                .Except(recorded.Select(r => r.Name)).Should().BeEmpty("the file records what it reads");
        }
    }

    [Fact]
    public void The_series_that_the_rules_read_are_those_that_the_clients_expose()
    {
        var exposed = new ClientMetrics(Shipped).Render();

        exposed.Should().Contain("\nsrelab_client_operations_total{source=\"ledger\",outcome=\"ok\"}");
        exposed.Should().Contain("\nsrelab_client_latency_seconds_bucket{source=\"ledger\",le=\"0.2\"}");
        BurnRateRules.Run(Shipped).Should().Contain("srelab_client_latency_seconds_bucket{le=\"0.2\"}[2500ms]")
            .And.Contain("srelab_client_operations_total{outcome!=\"ok\"}[2500ms]");
    }

    [Theory]
    [InlineData(2.5, "2500ms", "2.5 s")]
    [InlineData(30, "30s", "30 s")]
    [InlineData(90, "90s", "1.5 min")]
    [InlineData(2160, "36m", "36 min")]
    [InlineData(21600, "6h", "6 h")]
    [InlineData(259200, "3d", "3 d")]
    public void A_window_is_written_as_Prometheus_reads_it(double seconds, string name, string words)
    {
        var window = TimeSpan.FromSeconds(seconds);

        RuleWindow.Name(window).Should().Be(name);
        RuleWindow.Words(window).Should().Be(words);
        AlertRule.ParseDuration(name).Should().Be(window);
    }
}
