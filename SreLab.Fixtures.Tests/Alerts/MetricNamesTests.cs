using FluentAssertions;
using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Tests.Alerts;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData("up == bool 1", "up")]
    [InlineData("""up{job="etcd", member=~"pg-.*"} == 0""", "up")]
    [InlineData("srelab:cache_hit:ratio < 0.9", "srelab:cache_hit:ratio")]
    [InlineData("sum by (cluster, member) (rate(a_total[5m])) / on (cluster) group_left (member) sum(b_total) by (cluster)", "a_total b_total")]
    [InlineData("sum without (instance) (a) unless ignoring (x) b", "a b")]
    [InlineData("a offset 5m > 1e-3 and b @ start() or c @ 1609746000", "a b c")]
    [InlineData("a offset -1h30m", "a")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(x_bucket[$__rate_interval])))", "x_bucket")]
    [InlineData("max_over_time(rate(a[1m])[10m:5s])", "a")]
    [InlineData("""label_replace(a, "member", "$1", "instance", "(.*) or b")""", "a")]
    [InlineData("a # or b\n + c", "a c")]
    [InlineData("""{__name__="a", job="x"} or {"b.c"}""", "a b.c")]
    [InlineData("""a{x='}', y=`]`, z="\"{"} + b""", "a b")]
    [InlineData("a > $limit + ${other:raw}", "a")]
    [InlineData("SUM BY (x) (a) OR Inf", "a")]
    [InlineData("a % .5 ^ 0x1F atan2 b", "a b")]
    [InlineData("a + a", "a")]
    [InlineData("time() - vector(1)", "")]
    [InlineData("count(a) by(x)>0", "a")]
    [InlineData("by_member + on_time", "by_member on_time")]
    [InlineData("0 * up", "up")]
    public void Metrics_are_told_from_functions_keywords_labels_and_text(string expression, string metrics) =>
        string.Join(' ', MetricNames.In(expression)).Should().Be(metrics);

    [Theory]
    [InlineData("a or b", "a|b")]
    [InlineData("a and b", "a, b")]
    [InlineData("(a or b) / c", "a|b, c")]
    [InlineData("sum(a or b or c) / max(d or e)", "a|b|c, d|e")]
    [InlineData("a / b or c / d", "a|c, a|d, b|c, b|d")]
    [InlineData("a or vector(0)", "a")]
    [InlineData("vector(0) or a or b", "a|b")]
    [InlineData("vector(1)", "")]
    [InlineData("a or on () a", "a")]
    [InlineData("a and (a or b)", "a")]
    [InlineData("a or 0 * max by (cluster) (up)", "a")]
    [InlineData("a or 0*b + 1", "a")]
    [InlineData("a or 10 * b", "a|b")]
    [InlineData("a or (0 * max(up) unless on (cluster) a)", "a")]
    [InlineData("0 * up", "")]
    [InlineData("clamp_max(a or b, scalar(c))", "a|b, c")]
    [InlineData("label_replace(a, \"x\", \"y or z\", \"\", \"\") or on (cluster) b", "a|b")]
    public void Branches_are_choices_and_a_branch_without_a_metric_is_none(string expression, string needs) =>
        string.Join(", ", MetricNames.NeedsOf(expression).Select(c => string.Join('|', c)).Order(StringComparer.Ordinal)).Should().Be(needs);

    [Theory]
    [InlineData("""{__name__=~"a.*"}""", "*by a pattern*")]
    [InlineData("""{__name__!="a"}""", "*by a pattern*")]
    [InlineData("sum(a", "*do not match*")]
    [InlineData("a)", "*do not match*")]
    [InlineData("sum by (x", "*do not match*")]
    [InlineData("a == \"x", "no PromQL at character 6*")]
    [InlineData("a{x=\"y\"", "no PromQL*")]
    [InlineData("a ? b", "no PromQL at character 3*")]
    public void What_cannot_be_read_is_refused(string expression, string message)
    {
        var read = () => MetricNames.In(expression);

        read.Should().Throw<FormatException>().WithMessage(message);
    }
}
