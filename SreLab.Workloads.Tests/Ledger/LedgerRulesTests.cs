using FluentAssertions;
using Microsoft.AspNetCore.Http;
using SreLab.Workloads.PaymentProvider.Ledger;

namespace SreLab.Workloads.Tests.Ledger;

public sealed class LedgerRulesTests
{
    private static readonly AcceptedPayment Before = new("pay-1", "k", 7, 100, "EUR", DateTime.UnixEpoch);

    [Theory]
    [InlineData(true, 7, 100, "Accepted")]
    [InlineData(false, 7, 100, "Replayed")]
    [InlineData(false, 7, 101, "Refused")]
    [InlineData(false, 8, 100, "Refused")]
    public void The_same_content_is_told_again_and_other_content_refused(bool isNew, long invoice, long cents, string decision) =>
        new LedgerEntry(Before, isNew).DecisionOn(new PaymentRequest(invoice, cents, "EUR")).ToString().Should().Be(decision);

    [Theory]
    [InlineData(0, 100, "EUR")]
    [InlineData(7, 0, "EUR")]
    [InlineData(7, -1, "EUR")]
    [InlineData(7, 100, "USD")]
    public void What_cannot_be_paid_is_refused(long invoice, long cents, string currency) =>
        FluentActions.Invoking(() => new PaymentRequest(invoice, cents, currency).Checked()).Should().Throw<BadHttpRequestException>();

    [Theory]
    [InlineData("Bearer secret", true)]
    [InlineData("bearer secret", true)]
    [InlineData("Bearer Secret", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic secret", false)]
    [InlineData("", false)]
    public void Only_the_token_opens(string header, bool opens)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;

        new PaymentToken("secret").IsShownBy(context.Request).Should().Be(opens);
    }

    [Theory]
    [InlineData("3f0e.A-_", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    public void A_key_is_well_formed(string key, bool isGood)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[IdempotencyKey.Header] = key;
        var read = FluentActions.Invoking(() => IdempotencyKey.Of(context.Request));

        if (isGood)
        {
            read().Should().Be(key);
        }
        else
        {
            read.Should().Throw<BadHttpRequestException>();
        }
    }
}
