using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Seed;

/// <summary>The rows are there, related, the same on every member, and a second seed changes nothing.</summary>
[Collection(Stages.Seed)]
[Trait(Stages.Trait, Stages.Seed)]
public sealed class When_the_database_is_seeded(SeededDatabase run) : Spec(run), IClassFixture<SeededDatabase>
{
    [Fact]
    public void At_least_ten_tables_hold_the_rows_that_were_asked_for() => MustHold(Promises.SeededRows);

    [Fact]
    public void Every_foreign_key_holds() => MustHold(Promises.ForeignKeys);

    [Fact]
    public void Every_table_has_the_same_content_on_every_member() => MustHold(Promises.SeedSameEverywhere);

    [Fact]
    public void A_second_seed_changes_nothing() => MustHold(Promises.SeedAgain);
}
