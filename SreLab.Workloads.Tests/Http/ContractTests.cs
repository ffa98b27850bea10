using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Tests.Conventions;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Http;

/// <summary>workloads/README.md says what is there, and nothing else.</summary>
public sealed partial class ContractTests
{
    private static readonly string Contract = Repository.Read("workloads/README.md");

    [Fact]
    public async Task Every_metric_of_the_contract_is_there()
    {
        await using var app = await RunningService.InvoiceAppAsync(("DEFECT", "counter-race"));
        await using var provider = await RunningService.ProviderAsync();
        await using var proxy = await RunningService.ProxyAsync(app.Address);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (service, path) in new[] { (app, "/metrics"), (provider, "/metrics"), (proxy, "/_proxy/metrics") })
        {
            // Seen twice: a request is measured when it has ended.
            await service.MetricAsync("any", path);
            told.UnionWith(Type().Matches(await service.Client.GetStringAsync(new Uri(path, UriKind.Relative), Answers.Ct)).Select(m => m.Groups[1].Value));
        }

        var section = Contract.Split("\n## Metrics\n")[1].Split("\n## ")[0];
        Metric().Matches(section).Select(m => m.Groups[1].Value).Should().HaveCountGreaterThan(20).And.BeEquivalentTo(told);
    }

    [Fact]
    public async Task OpenApi_describes_the_routes_of_the_contract()
    {
        await using var app = await RunningService.InvoiceAppAsync();
        await using var provider = await RunningService.ProviderAsync();
        await using var proxy = await RunningService.ProxyAsync(app.Address);

        (await PathsAsync(app, "/openapi/v1.json")).Should().BeEquivalentTo(
            "GET /", "GET /healthz", "GET /readiness", "GET /metrics", "GET /hello", "GET /invoices", "GET /invoices/{id}", "POST /invoices/pay", "GET /payment-runs/{id}");
        (await PathsAsync(provider, "/openapi/v1.json")).Should().BeEquivalentTo(
            "GET /", "GET /healthz", "GET /readiness", "GET /metrics", "POST /payments", "GET /payments/{key}");
        (await PathsAsync(proxy, "/_proxy/openapi/v1.json")).Should().BeEquivalentTo("GET /_proxy/healthz", "GET /_proxy/readiness", "GET /_proxy/metrics");
        (await PathsAsync(proxy, "/openapi/v1.json")).Should().Contain("POST /invoices/pay", "the service's own description is forwarded");
    }

    [Fact]
    public void Every_defect_of_the_contract_is_known_and_no_other()
    {
        var section = Contract.Split("\n## Defects\n")[1];

        DefectRow().Matches(section).Select(m => m.Groups[1].Value).Should()
            .BeEquivalentTo([.. SreLab.Workloads.InvoiceApp.Defects.KnownDefects.Names, EdgeProxy.Defects.Random504.DefectName]);
    }

    private static async Task<IEnumerable<string>> PathsAsync(RunningService service, string path)
    {
        using var response = await service.GetAsync(path);
        return (await response.JsonAsync()).GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name}"));
    }

    [GeneratedRegex(@"^# TYPE (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"`([a-z0-9]+_[a-z0-9_]+)(?:\{[^`]*\})?`")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \| (?:app|proxy) ", RegexOptions.Multiline)]
    private static partial Regex DefectRow();
}
