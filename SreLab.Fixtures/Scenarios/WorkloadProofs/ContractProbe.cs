using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Asks every endpoint of the contract, rightly and wrongly, at the services themselves.</summary>
internal static class ContractProbe
{
    /// <summary>Invoices that the provider's ledger knows from probes begin here; no seed reaches it.</summary>
    public const long FirstProbeInvoice = 9_000_000_000_000;

    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private static readonly string[] ProblemFields = ["status"];

    public static async Task<ContractRecord> RunAsync(BatteryContext context, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        return await RunAsync(probe, context, ct);
    }

    /// <summary>Side by side: a slow service is slow to each question.</summary>
    private static async Task<ContractRecord> RunAsync(HttpProbe probe, BatteryContext context, CancellationToken ct)
    {
        var app = AskAppAsync(probe, context, ct);
        var provider = AskProviderAsync(probe, context, ct);
        var paging = PagingProbe.RunAsync(probe, context, ct);
        var routes = new[]
        {
            RoutesAsync(probe, context.Instance.Service, "invoice-app", ["/hello", "/invoices", "/invoices/{id}", "/invoices/pay", "/payment-runs/{id}"], ct),
            RoutesAsync(probe, context.Workloads.Provider.Service, "payment-provider", ["/payments", "/payments/{key}"], ct),
        };
        return new ContractRecord([.. await app, .. await provider], await paging, [.. (await Task.WhenAll(routes)).SelectMany(r => r)]);
    }

    private static async Task<IReadOnlyList<ExchangeRecord>> AskAppAsync(HttpProbe probe, BatteryContext context, CancellationToken ct)
    {
        var address = context.Instance.Service;
        var invoice = string.Create(CultureInfo.InvariantCulture, $"/invoices/{context.Sample[0]}");
        var absent = string.Create(CultureInfo.InvariantCulture, $"/invoices/{HttpMix.AbsentInvoice}");
        string[] ofInvoice = ["id", "number", "orderId", "customerId", "amountCents", "status", "issuedAt", "dueAt", "paidAt"];
        return await Task.WhenAll(
            Get("/", 200, Json, "name", "version", "instance", "startedUtc", "uptimeSeconds", "defects"),
            Get("/hello", 200, Json, "message", "instance", "pod", "namespace", "node", "host"),
            Get("/invoices?paid=false&limit=5", 200, Json, "items", "next"),
            Get("/invoices?paid=true&limit=5", 200, Json, "items", "next"),
            Get(invoice, 200, Json, ofInvoice),
            Get(absent, 404, Problem, ProblemFields),
            Get("/invoices?limit=0", 400, Problem, ProblemFields),
            Get("/invoices?limit=501", 400, Problem, ProblemFields),
            Get("/invoices?limit=many", 400, Problem, ProblemFields),
            Get("/invoices?after=never", 400, Problem, ProblemFields),
            Get("/payment-runs/00000000-0000-0000-0000-000000000000", 404, Problem, ProblemFields),
            Get("/nothing/here", 404, Problem, ProblemFields),
            Post("""{"limit":-1}"""),
            Post("""{"invoiceIds":"all"}"""),
            Post("{"),
            Get("/metrics", 200, "text/plain"));

        Task<ExchangeRecord> Get(string path, int status, string type, params string[] fields) =>
            ExchangeAsync(probe, $"app: GET {path}", new HttpQuestion(HttpMethod.Get, new Uri(address, path)), status, type, fields, [], ct);

        Task<ExchangeRecord> Post(string body) => ExchangeAsync(
            probe, $"app: POST /invoices/pay {body}", new HttpQuestion(HttpMethod.Post, new Uri(address, "/invoices/pay")) { Body = body }, 400, Problem, ProblemFields, [], ct);
    }

    /// <summary>In order: what a key was accepted for decides every later answer to it.</summary>
    private static async Task<IReadOnlyList<ExchangeRecord>> AskProviderAsync(HttpProbe probe, BatteryContext context, CancellationToken ct)
    {
        var address = context.Workloads.Provider.Service;
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var key = string.Create(CultureInfo.InvariantCulture, $"probe-{now:x}");
        var invoice = FirstProbeInvoice + now;
        var token = $"Bearer {context.Workloads.PaymentToken}";
        return
        [
            await Pay("with a new key", key, 100, token, 201, Json),
            await Pay("the same again", key, 100, token, 200, Json, "Idempotent-Replayed"),
            await Pay("the key with another amount", key, 101, token, 422, Problem),
            await Pay("without a token", key, 100, "", 401, ""),
            await Pay("with a wrong amount", key + "-wrong", -1, token, 400, Problem),
            await Pay("without a key", "", 100, token, 400, Problem),
            await Get(key, token, 200, Json),
            await Get(key + "-absent", token, 404, Problem),
            await Get(key, "", 401, ""),
        ];

        Task<ExchangeRecord> Pay(string what, string idempotencyKey, long cents, string authorization, int status, string type, params string[] headers)
        {
            var question = new HttpQuestion(HttpMethod.Post, new Uri(address, "/payments"))
            {
                Body = string.Create(CultureInfo.InvariantCulture, $$"""{"invoiceId":{{invoice}},"amountCents":{{cents}},"currency":"EUR"}"""),
                Headers = Headers(authorization, idempotencyKey),
            };
            return ExchangeAsync(probe, $"provider: POST /payments {what}", question, status, type, type == Problem ? ProblemFields : [], headers, ct);
        }

        Task<ExchangeRecord> Get(string idempotencyKey, string authorization, int status, string type)
        {
            var question = new HttpQuestion(HttpMethod.Get, new Uri(address, $"/payments/{idempotencyKey}")) { Headers = Headers(authorization, "") };
            return ExchangeAsync(probe, $"provider: GET /payments/{{key}} {(authorization.Length == 0 ? "without a token" : "")}".Trim(), question, status, type, type == Problem ? ProblemFields : [], [], ct);
        }
    }

    private static Dictionary<string, string> Headers(string authorization, string key) =>
        new[] { ("Authorization", authorization), ("Idempotency-Key", key) }.Where(h => h.Item2.Length > 0).ToDictionary(h => h.Item1, h => h.Item2, StringComparer.Ordinal);

    private static async Task<ExchangeRecord> ExchangeAsync(
        HttpProbe probe, string request, HttpQuestion question, int status, string type, string[] fields, string[] headers, CancellationToken ct)
    {
        var answer = await probe.AskAsync(question, onNewConnection: false, ct);
        var json = fields.Length > 0 ? answer.Json() : default;
        List<string> missing =
        [
            .. fields.Where(f => json.ValueKind != System.Text.Json.JsonValueKind.Object || !json.TryGetProperty(f, out _)),
            .. headers.Where(h => !answer.Headers.ContainsKey(h)),
        ];
        return new ExchangeRecord(request, status, type, answer.Status, answer.MediaType, missing, answer.Error);
    }

    private static async Task<IReadOnlyList<string>> RoutesAsync(HttpProbe probe, Uri service, string name, IReadOnlyList<string> routes, CancellationToken ct)
    {
        var answer = await probe.GetAsync(new Uri(service, "/openapi/v1.json"), ct);
        var paths = answer.Json() is { ValueKind: System.Text.Json.JsonValueKind.Object } document && document.TryGetProperty("paths", out var described)
            ? described.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        return [.. routes.Where(r => !paths.Contains(r)).Select(r => $"{name}: {r}")];
    }
}
