using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Scrapes every program as Prometheus does, and lets Prometheus' own tool read what came.</summary>
internal static class MetricsProbe
{
    private const string Check = "exec promtool check metrics < \"$1\" 2>&1";
    private const int MostOutput = 300;

    public static async Task<IReadOnlyList<ServiceMetricsRecord>> RunAsync(BatteryContext context, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        var apps = context.Workloads.InvoiceApps.Where(i => context.Plan.IsWhole || i.Name == BatteryPlan.Instance);
        var programs = apps.Select(i => (Instance: i, Service: "invoice-app")).Append((Instance: context.Workloads.Provider, Service: "payment-provider"))
            .SelectMany(p => new[]
            {
                (Program: $"{p.Instance.Name} service", p.Service, Address: new Uri(p.Instance.Service, "/metrics")),
                (Program: $"{p.Instance.Name} sidecar", Service: "edge-proxy", Address: new Uri(p.Instance.Proxy, "/_proxy/metrics")),
            });
        var records = new List<ServiceMetricsRecord>();
        foreach (var (program, service, address) in programs)
        {
            var answer = await probe.GetAsync(address, ct);
            records.Add(answer.Status == 200
                ? await ReadAsync(context, program, service, answer.Body, ct)
                : new ServiceMetricsRecord(program, service, [], -1, $"GET {address.AbsolutePath}: {answer.Describe()}"));
        }

        return records;
    }

    /// <summary>The samples of a service now.</summary>
    /// <exception cref="LabException">It does not answer, or not in Prometheus' format.</exception>
    public static async Task<PrometheusText> ScrapeAsync(HttpProbe probe, Uri service, CancellationToken ct)
    {
        var answer = await probe.GetAsync(new Uri(service, "/metrics"), ct);
        return answer.Status == 200
            ? PrometheusText.Parse(answer.Body)
            : throw new LabException($"no metrics: GET {service}metrics was answered with {answer.Describe()}.");
    }

    private static async Task<ServiceMetricsRecord> ReadAsync(BatteryContext context, string program, string service, string text, CancellationToken ct)
    {
        var file = context.Store.PathOf($"{Stages.Workloads}/metrics-{context.Plan.Name}-{program.Replace(' ', '-')}.txt");
        await File.WriteAllTextAsync(file, text, ct);
        var check = await context.Lab.RunRecordedAsync(
            "promtool-check-metrics", "/bin/sh", ["-c", Check, "sh", file], new Dictionary<string, string>(), Path.GetDirectoryName(file)!, null, ct);
        var said = check.Output.Trim().ReplaceLineEndings("; ");
        try
        {
            var names = PrometheusText.Parse(text).Names.Order(StringComparer.Ordinal);
            return new ServiceMetricsRecord(program, service, [.. names], check.ExitCode, said.Length > MostOutput ? said[..MostOutput] : said);
        }
        catch (FormatException e)
        {
            return new ServiceMetricsRecord(program, service, [], check.ExitCode == 0 ? -1 : check.ExitCode, e.Message);
        }
    }
}
