using FluentAssertions;
using Microsoft.AspNetCore.Http;
using SreLab.Workloads.InvoiceApp.Invoices;
using SreLab.Workloads.InvoiceApp.Payments;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.Tests.Http;

public sealed class RequestRulesTests
{
    [Fact]
    public void A_page_is_a_hundred_invoices_of_any_state_from_the_first_on() => PageRequest.Parse(Query("")).Should().Be(new PageRequest(null, 0, 100));

    [Fact]
    public void A_page_is_what_the_query_says() => PageRequest.Parse(Query("?paid=false&after=7&limit=500")).Should().Be(new PageRequest(false, 7, 500));

    [Theory]
    [InlineData("?paid=no")]
    [InlineData("?after=-1")]
    [InlineData("?after=x")]
    [InlineData("?limit=0")]
    [InlineData("?limit=501")]
    [InlineData("?limit=99999999999999999999")]
    public void A_wrong_query_is_refused(string query) => FluentActions.Invoking(() => PageRequest.Parse(Query(query))).Should().Throw<BadHttpRequestException>();

    [Fact]
    public void A_page_that_is_not_the_last_names_the_next()
    {
        var page = new PageRequest(false, 0, 2).PageOf([Invoice(3), Invoice(5), Invoice(8)]);

        page.Items.Select(i => i.Id).Should().Equal(3, 5);
        page.Next.Should().Be("/invoices?paid=false&after=5&limit=2");
        new PageRequest(null, 0, 2).PageOf([Invoice(3), Invoice(5), Invoice(8)]).Next.Should().Be("/invoices?after=5&limit=2");
    }

    [Fact]
    public void The_last_page_names_none() => new PageRequest(true, 0, 2).PageOf([Invoice(3), Invoice(5)]).Next.Should().BeNull();

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(1, null, true)]
    [InlineData(0, null, false)]
    [InlineData(null, 1, true)]
    [InlineData(null, 10000, true)]
    [InlineData(null, 0, false)]
    [InlineData(null, 10001, false)]
    [InlineData(5, 1, false)]
    public void A_request_to_pay_is_checked(int? limit, int? ids, bool isGood)
    {
        var check = FluentActions.Invoking(() => new PayRequest(limit, ids is { } n ? new long[n] : null).Checked());

        if (isGood)
        {
            check.Should().NotThrow();
        }
        else
        {
            check.Should().Throw<BadHttpRequestException>();
        }
    }

    [Theory]
    [InlineData("wait=30", 30)]
    [InlineData("respond-async, wait=5", 5)]
    [InlineData("WAIT=5", 5)]
    [InlineData("wait=600", 60)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=-1", 0)]
    [InlineData("wait=soon", 0)]
    [InlineData("return=minimal", 0)]
    [InlineData("", 0)]
    public void A_wait_is_granted_up_to_a_minute(string prefer, int seconds)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["Prefer"] = prefer;

        PreferredWait.Of(context.Request).Should().Be(TimeSpan.FromSeconds(seconds));
    }

    private static QueryCollection Query(string text) => new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(text));

    private static Invoice Invoice(long id) => new(id, "n", 1, 1, 100, "unpaid", DateTime.UnixEpoch, DateTime.UnixEpoch, null);
}
