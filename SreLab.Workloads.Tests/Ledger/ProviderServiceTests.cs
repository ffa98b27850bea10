using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using FluentAssertions;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Ledger;

/// <summary>The provider without a database: whom it refuses, and that it never says yes.</summary>
public sealed class ProviderServiceTests
{
    [Theory]
    [InlineData(null, "k", 100, 401)]
    [InlineData("wrong", "k", 100, 401)]
    [InlineData(SampleEnvironment.Token, null, 100, 400)]
    [InlineData(SampleEnvironment.Token, "k k", 100, 400)]
    [InlineData(SampleEnvironment.Token, "k", 0, 400)]
    [InlineData(SampleEnvironment.Token, "k", 100, 503)]
    public async Task A_payment_needs_the_token_a_key_an_amount_and_the_ledger(string? token, string? key, long cents, int status)
    {
        await using var provider = await RunningService.ProviderAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/payments") { Content = JsonContent.Create(new { invoiceId = 7, amountCents = cents, currency = "EUR" }) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await provider.Client.SendAsync(request, Answers.Ct);

        ((int)response.StatusCode).Should().Be(status);
        (await response.JsonAsync()).GetProperty("correlationId").GetString().Should().NotBeEmpty();
        (await provider.MetricAsync("payments_refused_total")).Should().Be(status is 400 or 401 ? 1 : 0);
        (await provider.MetricAsync("payments_accepted_total")).Should().Be(0);
    }

    [Fact]
    public async Task What_was_accepted_is_told_only_to_who_has_the_token()
    {
        await using var provider = await RunningService.ProviderAsync();
        using var response = await provider.GetAsync("/payments/k");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Should().ContainSingle();
    }
}
