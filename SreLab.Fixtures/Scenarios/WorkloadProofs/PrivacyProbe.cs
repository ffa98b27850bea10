using System.Net;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Tries every way to the payment-provider that must not be one.</summary>
internal static class PrivacyProbe
{
    private const string Payment = """{"invoiceId":1,"amountCents":1,"currency":"EUR"}""";

    public static async Task<PrivacyRecord> RunAsync(ILabWorkloads workloads, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        var token = $"Bearer {workloads.PaymentToken}";
        var throughPublic = new Dictionary<string, string>
        {
            ["POST /payments with the token"] = await AskAsync(probe, HttpMethod.Post, workloads.Public, "/payments", token, ct),
            ["GET /payments/{key} with the token"] = await AskAsync(probe, HttpMethod.Get, workloads.Public, "/payments/privacy", token, ct),
        };
        var withoutToken = new Dictionary<string, string>();
        foreach (var (way, address) in new[] { ("service", workloads.Provider.Service), ("sidecar", workloads.Provider.Proxy) })
        {
            withoutToken[$"POST /payments without a token by {way}"] = await AskAsync(probe, HttpMethod.Post, address, "/payments", null, ct);
            withoutToken[$"POST /payments with another token by {way}"] = await AskAsync(probe, HttpMethod.Post, address, "/payments", "Bearer wrong", ct);
            withoutToken[$"GET /payments/{{key}} without a token by {way}"] = await AskAsync(probe, HttpMethod.Get, address, "/payments/privacy", null, ct);
        }

        return new PrivacyRecord(throughPublic, withoutToken, workloads.Provider.Proxy.Host, ListenersOf(workloads.Provider));
    }

    private static async Task<string> AskAsync(HttpProbe probe, HttpMethod method, Uri address, string path, string? authorization, CancellationToken ct)
    {
        var headers = new Dictionary<string, string> { ["Idempotency-Key"] = "privacy" };
        if (authorization is not null)
        {
            headers["Authorization"] = authorization;
        }

        var question = new HttpQuestion(method, new Uri(address, path)) { Body = method == HttpMethod.Post ? Payment : null, Headers = headers };
        return (await probe.AskAsync(question, onNewConnection: true, ct)).Describe();
    }

    /// <summary>Every socket on which the processes listen that serve the provider's address.</summary>
    private static List<string> ListenersOf(WorkloadInstance provider)
    {
        var all = Listeners.ReadAll();
        var own = IPAddress.Parse(provider.Proxy.Host);
        int[] ports = [provider.Proxy.Port, provider.Service.Port];
        var serving = all.Where(l => ports.Contains(l.Port) && l.Takes(own)).Select(l => l.Inode).ToHashSet();
        return
        [
            .. from pid in ProcessStat.Pids()
               let sockets = Listeners.SocketsOf(pid)
               where sockets.Overlaps(serving)
               from listener in all
               where sockets.Contains(listener.Inode)
               select new IPEndPoint(listener.Address, listener.Port).ToString(),
        ];
    }
}
