using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Reporting;

/// <content>What the end of a lab promises beside that nothing is left.</content>
public static partial class Promises
{
    /// <summary>The teardown keeps its objective.</summary>
    public static Promise DownInTime { get; } =
        Of("down-in-time", Stages.Down, "The lab is gone in time", (e, o) => Teardown.InTime(e.Down, o)) with { Needs = Capability.Removal };

    private static IReadOnlyList<Promise> OfDown => [NothingLeft, DownInTime];
}
