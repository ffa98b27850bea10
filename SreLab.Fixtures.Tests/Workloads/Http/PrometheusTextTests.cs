using FluentAssertions;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Tests.Workloads.Http;

public sealed class PrometheusTextTests
{
    private const string Scrape =
        """
        # HELP db_client_connections Connections of the pool.
        # TYPE db_client_connections gauge
        db_client_connections{state="used"} 3
        db_client_connections{state="idle"} 4
        # TYPE invoice_payment_attempts_total counter
        request_seconds_bucket{route="/invoices/{id}",le="+Inf"} 1.5e+2 1700000000000
        text{value="a \"quoted\" word, and a }"} NaN

        """;

    [Fact]
    public void Samples_labels_and_declared_names_are_read()
    {
        var metrics = PrometheusText.Parse(Scrape);

        metrics.Sum("db_client_connections").Should().Be(7);
        metrics.Sum("db_client_connections", ("state", "used")).Should().Be(3);
        metrics.Sum("request_seconds_bucket", ("route", "/invoices/{id}")).Should().Be(150);
        metrics.Sum("absent").Should().BeNull();
        metrics.Names.Should().Contain(["invoice_payment_attempts_total", "text", "request_seconds_bucket"]);
        metrics.Samples[^1].Labels["value"].Should().Be("a \"quoted\" word, and a }");
        metrics.Samples[^1].Value.Should().Be(double.NaN);
    }

    [Theory]
    [InlineData("no value")]
    [InlineData("metric{label=value} 1")]
    [InlineData("metric many")]
    [InlineData("<html>")]
    public void What_is_no_sample_is_an_error(string line)
    {
        var parse = () => PrometheusText.Parse(line);

        parse.Should().Throw<FormatException>().WithMessage($"*{line}*");
    }
}
