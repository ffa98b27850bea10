using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Asks the payment provider, each time under a time-out of its own.</summary>
/// <param name="clients">Makes the clients.</param>
/// <param name="settings">Where the provider is, and the time-out.</param>
internal sealed class ProviderClient(IHttpClientFactory clients, PaymentSettings settings)
{
    /// <summary>Name of the client.</summary>
    public const string ClientName = "payment-provider";

    private const string IdempotencyKey = "Idempotency-Key";
    private const string Replayed = "Idempotent-Replayed";

    private readonly Uri _payments = new(settings.ProviderUrl.AbsoluteUri.TrimEnd('/') + "/payments");
    private readonly AuthenticationHeaderValue _token = new("Bearer", File.ReadAllText(settings.TokenFile).Trim());

    /// <summary>Asks for a payment. Whatever goes wrong on the way is an answer too: it may have been accepted.</summary>
    /// <param name="order">What to pay, under which key.</param>
    public async Task<ProviderAnswer> PayAsync(PaymentOrder order)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, _payments)
        {
            Content = JsonContent.Create(new Payment(order.InvoiceId, order.AmountCents, "EUR"), options: JsonSerializerOptions.Web),
        };
        request.Headers.Authorization = _token;
        request.Headers.Add(IdempotencyKey, order.Key.ToString("D"));
        request.Headers.Add(CorrelationId.Header, order.CorrelationId);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, timeout.Token);
            return await AnswerOfAsync(response, timeout.Token);
        }
        catch (Exception e)
        {
            return new ProviderAnswer(Outcome.Failed, null, null, e);
        }
    }

    private static async Task<ProviderAnswer> AnswerOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.Created or HttpStatusCode.OK:
                var receipt = await response.Content.ReadFromJsonAsync<Receipt>(JsonSerializerOptions.Web, ct);
                return string.IsNullOrEmpty(receipt?.Reference)
                    ? throw new InvalidDataException("the provider's answer has no reference")
                    : new ProviderAnswer(response.Headers.Contains(Replayed) ? Outcome.Replayed : Outcome.Accepted, receipt.Reference, status, null);
            case HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity:
                return new ProviderAnswer(Outcome.Rejected, null, status, null);
            default:
                return new ProviderAnswer(Outcome.Failed, null, status, null);
        }
    }

    private sealed record Payment(long InvoiceId, long AmountCents, string Currency);

    private sealed record Receipt(string? Reference);
}
