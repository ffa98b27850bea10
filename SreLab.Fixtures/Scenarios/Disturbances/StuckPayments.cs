using System.Net.Http.Json;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Payments that are pending, and nobody who acknowledges them.</summary>
/// <param name="readings">Asks the instances.</param>
internal sealed class StuckPayments(WorkloadReadings readings)
{
    private const int Payments = 20;
    private static readonly TimeSpan Progress = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, RecentIncrease> _acknowledged = new(StringComparer.Ordinal);

    /// <summary>Payments are pending, and within 3 s no instance had one acknowledged.</summary>
    public async Task<bool> HoldsAsync(ILab lab, CancellationToken ct)
    {
        var (pending, acknowledged) = (0d, 0d);
        foreach (var instance in lab.Workloads.InvoiceApps)
        {
            var now = await readings.ServiceAsync(instance, ct);
            pending = Math.Max(pending, now.Sum("invoice_payments_pending"));
            _acknowledged.TryAdd(instance.Name, new RecentIncrease(Progress));
            acknowledged += _acknowledged[instance.Name].Add(now.At, now.Sum("invoice_payments_total"));
        }

        return pending > 0 && acknowledged <= 0;
    }

    /// <summary>Asks an instance to pay a few invoices; that it took them over is all that is awaited.</summary>
    /// <exception cref="LabException">It did not.</exception>
    public static async Task<int> PayAsync(WorkloadInstance instance, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Wait.UntilAsync(
            Bounds.PaymentsTaken,
            $"{instance.Name} to take {Payments} payments over",
            async token =>
            {
                using var response = await http.PostAsJsonAsync(new Uri(instance.Service, "invoices/pay"), new { limit = Payments }, token);
                return (response.IsSuccessStatusCode ? "taken" : null, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(token)}");
            },
            PollInterval,
            ct);
        return Payments;
    }
}
