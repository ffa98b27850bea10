using FluentAssertions;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Seeding.Loading;

namespace SreLab.Fixtures.Tests.Seeding;

public sealed class BuildQueueTests
{
    private static readonly IReadOnlyDictionary<string, long> RowsByTable = SeedPlan.For(10_000, 1).RowsByTable;

    [Fact]
    public void Every_statement_of_the_script_is_a_step_with_a_name_of_its_own()
    {
        var steps = SeedScripts.Keys();

        steps.Select(s => s.Name).Should().OnlyHaveUniqueItems();
        steps.Count(s => s.AfterIndexes).Should().Be(15);
        steps.Should().OnlyContain(s => s.Tables.All(RowsByTable.ContainsKey));
        steps.Single(s => s.Name == "orders_address_fkey").Tables.Should().Equal("orders", "addresses");
    }

    [Fact]
    public async Task A_table_has_one_step_at_a_time_and_foreign_keys_wait_for_indexes()
    {
        var queue = new BuildQueue(SeedScripts.Keys(), RowsByTable);
        var (running, done) = (new List<BuildStep>(), new List<BuildStep>());
        var gate = new Lock();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await queue.TakeAsync(TestContext.Current.CancellationToken) is { } step)
            {
                lock (gate)
                {
                    running.SelectMany(s => s.Tables).Should().NotIntersectWith(step.Tables);
                    if (step.AfterIndexes)
                    {
                        done.Select(s => s.Name).Should().Contain(step.Tables.Select(t => $"{t}_pkey"));
                    }

                    running.Add(step);
                }

                await Task.Yield();
                lock (gate)
                {
                    running.Remove(step);
                    done.Add(step);
                }

                queue.Finish(step);
            }
        }));

        done.Should().HaveCount(queue.Total);
        queue.Done.Should().Be(queue.Total);
    }
}
