using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Seeding.Loading;

namespace SreLab.Fixtures.Tests.Seeding;

public sealed class SeedDecisionTests
{
    private const uint Oid = 16_400;
    private static readonly SeedPlan Plan = SeedPlan.For(1_000_000, 42);

    [Theory]
    [InlineData(true, 1_000_000, 42, false, SeedKind.AlreadySeeded, false)]
    [InlineData(true, 1_000_000, 42, true, SeedKind.AlreadySeeded, false)]
    [InlineData(false, 1_000_000, 42, false, SeedKind.Resumed, false)]
    [InlineData(false, 20_000, 42, false, SeedKind.StartedOver, true)]
    [InlineData(true, 20_000, 42, true, SeedKind.StartedOver, true)]
    [InlineData(true, 1_000_000, 43, true, SeedKind.StartedOver, true)]
    public void What_is_found_decides_what_is_done(bool complete, long rows, int seed, bool reseed, SeedKind kind, bool drop) =>
        SeedDecision.Decide(Oid, Found(rows, seed, complete), Plan, reseed).Should().Be(new SeedDecision(kind, drop));

    [Fact]
    public void An_empty_database_is_filled_even_if_an_old_manifest_is_left()
    {
        SeedDecision.Decide(null, null, Plan, reseed: false).Kind.Should().Be(SeedKind.Loaded);
        SeedDecision.Decide(null, Found(20_000, 1, complete: true), Plan, reseed: false).Should().Be(new SeedDecision(SeedKind.Loaded, DropSchema: false));
    }

    [Theory]
    [InlineData(20_000, 42)]
    [InlineData(1_000_000, 43)]
    public void Other_rows_are_refused_with_what_was_found_asked_and_what_to_do(long rows, int seed) =>
        FluentActions.Invoking(() => SeedDecision.Decide(Oid, Found(rows, seed, complete: true), Plan, reseed: false))
            .Should().Throw<LabException>().Which.Message.Should()
            .StartWith("seed refused: the database is filled with other rows than those asked for; nothing was touched.\n")
            .And.Contain($"found        ROWS={rows} SEED={seed} ")
            .And.Contain("asked        ROWS=1000000 SEED=42 ")
            .And.Contain("RESEED=1").And.Contain("make down");

    [Fact]
    public void Another_generator_counts_as_other_rows() =>
        FluentActions.Invoking(() => SeedDecision.Decide(Oid, Found(1_000_000, 42, complete: true) with { Generator = "0" }, Plan, reseed: false))
            .Should().Throw<LabException>();

    [Fact]
    public void A_schema_that_is_not_ours_is_refused_whatever_is_asked()
    {
        foreach (var manifest in new[] { null, Found(1_000_000, 42, complete: true) with { SchemaOid = Oid + 1 } })
        {
            FluentActions.Invoking(() => SeedDecision.Decide(Oid, manifest, Plan, reseed: true))
                .Should().Throw<LabException>().WithMessage("seed refused: the database has a schema shop that this suite did not make*");
        }
    }

    [Fact]
    public void A_disk_that_is_too_small_is_told_with_rows_that_fit()
    {
        DiskSpace.Needed(1_000_000, 3).Should().BeInRange(500_000_000, 3_000_000_000);
        FluentActions.Invoking(() => DiskSpace.Check(Path.GetTempPath(), SeedPlan.MostRows, 1_000_000))
            .Should().Throw<LabException>().WithMessage("seed refused: 100,000,000 rows on 1000000 members need about*make seed ROWS=*");
    }

    private static Manifest Found(long rows, int seed, bool complete) =>
        new(rows, seed, SeedPlan.Generator, complete, Oid, DateTimeOffset.UnixEpoch, [], 0, 0);
}
