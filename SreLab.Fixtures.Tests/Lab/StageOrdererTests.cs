using FluentAssertions;
using SreLab.Fixtures.Lab;
using Xunit.Sdk;

namespace SreLab.Fixtures.Tests.Lab;

public sealed class StageOrdererTests
{
    [Fact]
    public void Collections_run_in_the_order_of_the_stages_whatever_order_they_come_in()
    {
        var shuffled = Stages.InOrder.Reverse().Select(s => new Collection(s)).ToList();

        new StageOrderer().OrderTestCollections(shuffled).Select(c => c.TestCollectionDisplayName).Should().Equal(Stages.InOrder);
    }

    [Fact]
    public void A_collection_that_is_no_stage_is_refused_by_name()
    {
        var order = () => new StageOrderer().OrderTestCollections([new Collection(Stages.Up), new Collection("50-unheard-of")]);

        order.Should().Throw<InvalidOperationException>().WithMessage("collection '50-unheard-of' is no stage;*");
    }

    private sealed class Collection(string name) : ITestCollection
    {
        public string TestCollectionDisplayName => name;

        public string? TestCollectionClassName => null;

        public ITestAssembly TestAssembly => throw new NotSupportedException();

        public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Traits => throw new NotSupportedException();

        public string UniqueID => name;
    }
}
