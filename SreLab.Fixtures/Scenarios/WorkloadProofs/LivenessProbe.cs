using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Asks every instance many times whether it is alive, at its documented port and through its sidecar.</summary>
internal static class LivenessProbe
{
    private const int Times = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<LivenessRecord>> RunAsync(ILabWorkloads workloads, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        var ways = workloads.InvoiceApps.Append(workloads.Provider)
            .SelectMany(i => new[] { (Instance: i.Name, Way: "service", Address: i.Service), (Instance: i.Name, Way: "sidecar", Address: i.Proxy) });
        return await Task.WhenAll(ways.Select(w => AskAsync(probe, w.Instance, w.Way, new Uri(w.Address, "/healthz"), ct)));
    }

    private static async Task<LivenessRecord> AskAsync(HttpProbe probe, string instance, string way, Uri address, CancellationToken ct)
    {
        var alive = 0;
        string? wrong = null;
        for (var i = 0; i < Times; i++)
        {
            // Every other question on a connection of its own, as a kubelet asks.
            var answer = await probe.AskAsync(new HttpQuestion(HttpMethod.Get, address) { Deadline = Deadline }, onNewConnection: i % 2 == 0, ct);
            if (answer.Status == 200 && answer.Body.Contains("alive", StringComparison.Ordinal))
            {
                alive++;
            }
            else
            {
                wrong ??= answer.Describe();
            }
        }

        return new LivenessRecord(instance, way, Times, alive, wrong);
    }
}
