using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Targets.External;

public sealed partial class OwnSchemasTests
{
    private static readonly OwnSchemas Empty = new(null, null, null, null, MayCreate: true, "owner", "app");
    private static readonly FoundSchema Srelab = new("srelab", 11, "owner", true);
    private static readonly FoundSchema Shop = new("shop", 22, "owner", true);
    private static readonly LabMark Mark = new("id", 11, true);

    [Fact]
    public void An_empty_database_may_be_used_by_a_role_that_may_create()
    {
        Empty.Problem().Should().BeNull();
        (Empty with { MayCreate = false }).Problem()!.Value.Should().Be(
            ("owner may not create schemas in app", "as its owner: GRANT CREATE ON DATABASE \"app\" TO \"owner\""));
    }

    [Fact]
    public void What_this_target_or_a_seed_made_may_be_used()
    {
        (Empty with { Srelab = Srelab, Mark = Mark }).Problem().Should().BeNull();
        (Empty with { Srelab = Srelab, Mark = Mark, Shop = Shop, SeededShop = 22, MayCreate = false }).Problem().Should().BeNull();
        (Empty with { Srelab = Srelab, Shop = Shop, SeededShop = 22 }).Problem().Should().BeNull("the embedded lab's seed made it");
    }

    [Fact]
    public void A_schema_of_the_same_name_that_nobody_marked_is_refused()
    {
        (Empty with { Srelab = Srelab }).Problem()!.Value.Found.Should().Contain("a schema srelab that this suite did not make");
        (Empty with { Shop = Shop }).Problem()!.Value.Found.Should().Contain("a schema shop that this suite did not make");
        (Empty with { Srelab = Srelab, Mark = Mark, Shop = Shop }).Problem()!.Value.Found.Should().Contain("a schema shop");
    }

    [Fact]
    public void A_mark_that_names_another_schema_is_none()
    {
        (Empty with { Srelab = Srelab, Mark = Mark with { SchemaOid = 99 } }).Problem()!.Value.Found.Should().Contain("srelab");
        (Empty with { Srelab = Srelab, Mark = Mark, Shop = Shop, SeededShop = 99 }).Problem()!.Value.Found.Should().Contain("shop");
    }

    [Fact]
    public void A_schema_of_another_owner_is_refused() =>
        (Empty with { Srelab = Srelab with { IsOwned = false, Owner = "other" }, Mark = Mark }).Problem()!.Value.Found
            .Should().Be("schema srelab of the suite belongs to other, and owner is not a member of that role");

    [Fact]
    public void Every_table_that_the_suite_makes_is_dropped_with_it() =>
        Repository.SourcesBelow("SreLab.Fixtures").SelectMany(f => MadeTable().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct()
            .Should().BeEquivalentTo(SchemaChanges.OwnTables);

    [GeneratedRegex("""(?:create table (?:if not exists )?|const string Name = ")srelab\.(\w+)""")]
    private static partial Regex MadeTable();
}
