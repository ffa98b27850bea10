using FluentAssertions;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>docs/requirements.md promises only what exists.</summary>
public sealed class RequirementsTests
{
    private const string Document = "docs/requirements.md";

    private static readonly (string Document, int Items)[] Asked = [("R3", 10), ("R1", 6), ("R0", 6), ("R2", 3), ("R4", 5)];

    private static IReadOnlyList<Row> Rows { get; } =
    [
        .. Repository.Read(Document).Split('\n')
            .Where(l => l.StartsWith("| R", StringComparison.Ordinal))
            .Select(l => l.Trim('|', ' ').Split(" | "))
            .Select(c => new Row(c[0].Trim(), c.Length > 2 ? c[2].Trim() : "", c.Length > 3 ? c[3].Trim() : "", c.Length)),
    ];

    [Fact]
    public void Every_item_has_one_row_of_four_columns()
    {
        Rows.Select(r => r.Id.Split(' ')[0]).Distinct().Should()
            .BeEquivalentTo(Asked.SelectMany(a => Enumerable.Range(1, a.Items).Select(i => FormattableString.Invariant($"{a.Document}.{i}"))));
        Rows.Should().OnlyContain(r => r.Columns == 4).And.OnlyHaveUniqueItems(r => r.Id);
    }

    [Fact]
    public void A_state_is_done_partly_or_planned() =>
        Rows.Select(r => r.State).Distinct().Should().BeSubsetOf(["done", "partly", "planned"]);

    [Fact]
    public void What_is_done_or_partly_done_names_what_answers_it() =>
        Rows.Where(r => r.State != "planned" && !Named.In(r.Answer).Any()).Should().BeEmpty();

    [Fact]
    public void What_is_planned_names_nothing() =>
        Rows.Where(r => r.State == "planned" && Named.In(r.Answer).Any()).Should().BeEmpty("a thing that exists makes the row partly");

    [Fact]
    public void Everything_named_exists() =>
        Rows.SelectMany(r => Named.In(r.Answer).Select(Named.Problem).OfType<string>().Select(p => $"{r.Id}: {p}")).Should().BeEmpty();

    private sealed record Row(string Id, string State, string Answer, int Columns);
}
