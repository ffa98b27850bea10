using System.Diagnostics;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using SreLab.Workloads.InvoiceApp.Payments;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Payments;

public sealed class ProviderClientTests
{
    private static readonly PaymentOrder Order = new(7, Guid.CreateVersion7(), 100, "c-1", 3, true, Guid.Empty);

    [Theory]
    [InlineData(201, false, "accepted")]
    [InlineData(200, true, "replayed")]
    [InlineData(200, false, "accepted")]
    [InlineData(400, false, "rejected")]
    [InlineData(422, false, "rejected")]
    [InlineData(401, false, "failed")]
    [InlineData(404, false, "failed")]
    [InlineData(429, false, "failed")]
    [InlineData(500, false, "failed")]
    [InlineData(502, false, "failed")]
    [InlineData(503, false, "failed")]
    [InlineData(504, false, "failed")]
    public async Task Only_an_answer_of_the_provider_ends_an_order(int status, bool isReplayed, string outcome)
    {
        var answer = await AnswerAsync(async context =>
        {
            context.Response.StatusCode = status;
            if (isReplayed)
            {
                context.Response.Headers["Idempotent-Replayed"] = "true";
            }

            await context.Response.WriteAsync("""{"reference":"pay-1"}""");
        });

        answer.OutcomeName.Should().Be(outcome);
        answer.Status.Should().Be(status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"reference":""}""")]
    [InlineData("<html>")]
    public async Task A_yes_without_a_reference_is_no_answer(string body) =>
        (await AnswerAsync(context => context.Response.WriteAsync(body))).Outcome.Should().Be(Outcome.Failed);

    [Fact]
    public async Task Silence_ends_with_the_time_out()
    {
        var clock = Stopwatch.StartNew();
        var answer = await AnswerAsync(context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted), ("PAYMENT_TIMEOUT_SECONDS", "0.2"));

        answer.Outcome.Should().Be(Outcome.Failed);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_call_carries_key_token_and_correlation_id_and_the_defect_forgets_only_the_last()
    {
        var seen = new List<(string Key, string Token, string Id)>();
        Task Note(HttpContext context)
        {
            seen.Add((context.Request.Headers["Idempotency-Key"].ToString(), context.Request.Headers.Authorization.ToString(), context.Request.Headers["X-Correlation-ID"].ToString()));
            return Task.CompletedTask;
        }

        await AnswerAsync(Note);
        await AnswerAsync(Note, ("DEFECT", "missing-correlation-id"));

        seen.Should().Equal(
            (Order.Key.ToString(), $"Bearer {SampleEnvironment.Token}", "c-1"),
            (Order.Key.ToString(), $"Bearer {SampleEnvironment.Token}", ""));
    }

    private static async Task<ProviderAnswer> AnswerAsync(RequestDelegate provider, params (string Name, string Value)[] variables)
    {
        await using var upstream = await TestUpstream.StartAsync(provider);
        await using var app = await RunningService.InvoiceAppAsync([("PAYMENT_PROVIDER_URL", upstream.Address.AbsoluteUri), .. variables]);
        return await app.Part<ProviderClient>().PayAsync(Order);
    }
}
