using System.Text.Json;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Pays one invoice with an id of ours and looks for it in the log of every program on the way.</summary>
internal static class LogsProbe
{
    private const string Header = "X-Correlation-ID";
    private const int Tries = 6;

    public static async Task<LogsRecord> RunAsync(BatteryContext context, LogFiles logs, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        var name = FormattableString.Invariant($"{context.Plan.Name}-{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
        var body = FormattableString.Invariant($$"""{"invoiceIds":[{{context.Unpaid[^1]}}]}""");
        var (paid, paidAnswer) = await AskAsync(
            probe,
            $"{name}-pay",
            new HttpQuestion(HttpMethod.Post, new Uri(context.Instance.Proxy, "/invoices/pay")) { Body = body, Headers = new Dictionary<string, string> { ["Prefer"] = "wait=10" } },
            [200, 202],
            ct);
        var (absent, absentAnswer) = await AskAsync(
            probe,
            $"{name}-absent",
            new HttpQuestion(HttpMethod.Get, new Uri(context.Instance.Proxy, FormattableString.Invariant($"/invoices/{HttpMix.AbsentInvoice}"))),
            [404],
            ct);

        string[] places =
        [
            LogFiles.PlaceOf(context.Instance, ofSidecar: true), LogFiles.PlaceOf(context.Instance, ofSidecar: false),
            LogFiles.PlaceOf(context.Workloads.Provider, ofSidecar: true), LogFiles.PlaceOf(context.Workloads.Provider, ofSidecar: false),
        ];
        await Awaited.SecondsAsync(
            Bounds.LogsWritten, $"{paid} in {places.Length} logs", _ => Task.FromResult(places.All(p => logs.Find(p, paid).Complete > 0)), ct);
        var isInProblem = absentAnswer.Json() is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("correlationId", out var id) && id.ValueEquals(absent);
        return new LogsRecord(
            paid, [.. places.Select(p => logs.Find(p, paid))], paidAnswer.Headers.GetValueOrDefault(Header) == paid, isInProblem, 0, 0, null);
    }

    /// <summary>Asks until the answer is one of a service that works: what is looked at here is what it logs, not whether it answers.</summary>
    private static async Task<(string Id, HttpAnswer Answer)> AskAsync(HttpProbe probe, string name, HttpQuestion question, int[] wanted, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var id = FormattableString.Invariant($"{name}-{attempt}");
            var headers = new Dictionary<string, string>(question.Headers) { [Header] = id };
            var answer = await probe.AskAsync(question with { Headers = headers }, onNewConnection: false, ct);
            if (answer.Status is { } status && wanted.Contains(status))
            {
                return (id, answer);
            }

            if (attempt == Tries)
            {
                throw new LabException($"no request could be followed: {question.Method} {question.Address.AbsolutePath} was answered with {answer.Describe()} {Tries} times.");
            }
        }
    }
}
