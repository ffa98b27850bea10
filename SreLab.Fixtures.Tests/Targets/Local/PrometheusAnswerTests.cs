using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class PrometheusAnswerTests
{
    [Fact]
    public void A_vector_is_series_of_one_point()
    {
        var series = PrometheusAnswer.Series(
            """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"node"},"value":[1767225605.5,"1"]}]}}""", "up");

        series.Should().ContainSingle();
        series[0]["job"].Should().Be("node");
        series[0].Latest.Should().Be(1);
        series[0].Points[0].At.ToUnixTimeMilliseconds().Should().Be(1767225605500);
    }

    [Fact]
    public void A_matrix_keeps_every_point_and_what_is_not_finite()
    {
        var series = PrometheusAnswer.Series(
            """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"NaN"],[2,"+Inf"],[3,"-Inf"],[4,"2.5e3"]]}]}}""", "x");

        series[0].Points.Select(p => p.Value).Should().Equal(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2500);
    }

    [Fact]
    public void A_scalar_is_one_series_without_labels() =>
        PrometheusAnswer.Series("""{"status":"success","data":{"resultType":"scalar","result":[7,"42"]}}""", "42").Should().ContainSingle().Which.Latest.Should().Be(42);

    [Theory]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", "*refused a query: parse error*asked        up(*")]
    [InlineData("<html>", "*what is no JSON*")]
    public void A_refusal_says_what_was_asked(string body, string message)
    {
        var read = () => PrometheusAnswer.Series(body, "up(");

        read.Should().Throw<LabException>().WithMessage(message);
    }

    [Fact]
    public void Rules_come_with_their_health()
    {
        var rules = PrometheusAnswer.Rules(
            """{"status":"success","data":{"groups":[{"rules":[{"name":"a","type":"recording","health":"ok"},{"name":"B","type":"alerting","health":"err","lastError":"many-to-many"}]}]}}""");

        rules.Select(r => (r.Name, r.IsAlert, r.Health, r.Error)).Should().Equal(("a", false, "ok", ""), ("B", true, "err", "many-to-many"));
    }
}
