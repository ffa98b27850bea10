using System.Text.Json;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>One order to pay, and how far it is, as any client of the public address sees it.</summary>
internal sealed class PaymentRun : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan OrderDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(2);
    private readonly HttpProbe _probe = new();
    private readonly Uri _address;

    private PaymentRun(Uri address) => _address = address;

    /// <summary>What it said last.</summary>
    public PaymentRunRecord? Last { get; private set; }

    /// <summary>Orders that these invoices be paid.</summary>
    /// <exception cref="LabException">The order was not taken.</exception>
    public static Task<PaymentRun> OrderAsync(Uri publicAddress, IReadOnlyList<long> invoices, CancellationToken ct) =>
        OrderAsync(publicAddress, JsonSerializer.Serialize(new { invoiceIds = invoices }), ct);

    /// <summary>Orders that everything be paid that is unpaid.</summary>
    /// <exception cref="LabException">The order was not taken.</exception>
    public static Task<PaymentRun> OrderAllAsync(Uri publicAddress, CancellationToken ct) => OrderAsync(publicAddress, body: null, ct);

    /// <summary>Waits until as many are paid, or the run is finished.</summary>
    public Task<PaymentRunRecord> WaitUntilPaidAsync(long paid, CancellationToken ct) =>
        WaitAsync(FormattableString.Invariant($"{paid:N0} invoices to be paid"), r => r.Paid >= paid || r.State == "finished", ct);

    /// <summary>Waits until it is finished; when it does not become so, the last state is what there is to judge.</summary>
    public async Task<PaymentRunRecord> FinishAsync(CancellationToken ct)
    {
        try
        {
            return await WaitAsync("the payment run to be finished", r => r.State == "finished", ct);
        }
        catch (LabException) when (Last is { } last)
        {
            return last;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _probe.Dispose();

    private static async Task<PaymentRun> OrderAsync(Uri publicAddress, string? body, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        var question = new HttpQuestion(HttpMethod.Post, new Uri(publicAddress, "/invoices/pay"))
        {
            Body = body,
            Headers = new Dictionary<string, string> { ["X-Correlation-ID"] = FormattableString.Invariant($"payments-{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}") },
            Deadline = OrderDeadline,
        };
        var answer = await probe.AskAsync(question, onNewConnection: false, ct);
        return answer.Status == 202 && answer.Headers.GetValueOrDefault("Location") is { } location
            ? new PaymentRun(new Uri(publicAddress, location))
            : throw new LabException($"payments refused: POST /invoices/pay was answered with {answer.Describe()}, not 202 with a Location.\n  look at      {question.Address}");
    }

    private Task<PaymentRunRecord> WaitAsync(string awaited, Func<PaymentRunRecord, bool> isReached, CancellationToken ct) => Wait.UntilAsync(
        Bounds.PaymentsFinished,
        awaited,
        async token =>
        {
            var answer = await _probe.AskAsync(new HttpQuestion(HttpMethod.Get, _address) { Deadline = LookDeadline }, onNewConnection: false, token);
            if (answer.Status != 200)
            {
                return (null, $"{answer.Describe()}; before {Last}");
            }

            Last = Read(answer.Json());
            return (isReached(Last) ? Last : null, Last.ToString());
        },
        PollInterval,
        ct);

    private static PaymentRunRecord Read(JsonElement run)
    {
        long Number(string name) => run.GetProperty(name).GetInt64();
        return new PaymentRunRecord(
            run.GetProperty("id").ToString(), run.GetProperty("state").GetString()!, Number("invoices"), Number("paid"), Number("pending"), Number("rejected"), Number("paidCents"));
    }
}
