using Xunit.Sdk;
using Xunit.v3;

namespace SreLab.Fixtures.Lab;

/// <summary>Runs collections in the order of <see cref="Stages.InOrder"/>; without it xUnit's order is unpredictable by design.</summary>
public sealed class StageOrderer : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Position(c.TestCollectionDisplayName)).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Position(string collection)
    {
        for (var i = 0; i < Stages.InOrder.Count; i++)
        {
            if (Stages.InOrder[i] == collection)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"collection '{collection}' is no stage; add [Collection(Stages.X)] to the spec, or the stage to Stages.cs.");
    }
}
