using FluentAssertions;
using SreLab.Fixtures.Alerts;

namespace SreLab.Fixtures.Tests.Alerts;

public sealed class DashboardVariablesTests
{
    private static readonly Dictionary<string, string> Values = new() { ["cluster"] = "srelab", ["member"] = "(pg-1|pg-2)", ["__rate_interval"] = "6s" };

    [Theory]
    [InlineData("""up{cluster="$cluster", member=~"$member"}""", """up{cluster="srelab", member=~"(pg-1|pg-2)"}""")]
    [InlineData("""rate(a{cluster="${cluster:raw}"}[$__rate_interval])""", """rate(a{cluster="srelab"}[6s])""")]
    [InlineData("""label_replace(a, "x", "$1", "cluster", "${cluster}")""", """label_replace(a, "x", "$1", "cluster", "srelab")""")]
    public void Variables_get_their_values(string query, string filled) => DashboardVariables.Fill(query, Values).Should().Be(filled);

    [Theory]
    [InlineData("up{x=\"$clusters\"}", "$clusters has no value*")]
    [InlineData("up{x=\"${other}\"}", "${other} has no value*")]
    public void A_variable_without_a_value_is_refused(string query, string message)
    {
        var fill = () => DashboardVariables.Fill(query, Values);

        fill.Should().Throw<FormatException>().WithMessage(message);
    }

    [Theory]
    [InlineData("label_values(up, job)", "group by (job) (up)", "job")]
    [InlineData("""label_values(up{a="x", b=~"(y)"}, job)""", """group by (job) (up{a="x", b=~"(y)"})""", "job")]
    public void Values_are_asked_for_in_PromQL(string query, string expression, string label) =>
        DashboardVariables.ValuesOf(query).Should().Be((expression, label));

    [Theory]
    [InlineData("label_names()")]
    [InlineData("query_result(up)")]
    [InlineData("label_values(job)")]
    public void Another_kind_of_variable_query_is_refused(string query)
    {
        var read = () => DashboardVariables.ValuesOf(query);

        read.Should().Throw<FormatException>();
    }

    [Fact]
    public void Several_values_become_a_pattern_that_matches_them_alone() =>
        DashboardVariables.AnyOf(["pg-1", "a.b"]).Should().Be(@"(pg-1|a\\.b)");
}
