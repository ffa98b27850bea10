using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Which standby a plant hits.</summary>
internal static class Standby
{
    /// <summary>A standby that streams now; not a synchronous one where there is a choice, so that writes go on.</summary>
    /// <exception cref="LabException">There is none.</exception>
    internal static async Task<Member> StreamingAsync(ILab lab, CancellationToken ct)
    {
        var state = await lab.GetClusterStateAsync(ct);
        return (state.StreamingStandbys.OrderBy(m => m.IsSynchronous).FirstOrDefault()
            ?? throw new LabException($"plant refused: no standby streams.\n  last seen    {state.Describe()}")).Member;
    }

    /// <summary>Waits until a standby follows the primary again.</summary>
    internal static Task StreamsAgainAsync(ILab lab, Member member, CancellationToken ct) => Wait.UntilAsync(
        Bounds.Rejoin,
        $"{member} to stream again",
        async token =>
        {
            var state = await lab.GetClusterStateAsync(token);
            return (state.StreamingStandbys.FirstOrDefault(m => m.Member == member && m.Timeline == state.Primary?.Timeline), state.Describe());
        },
        TimeSpan.FromMilliseconds(100),
        ct);
}
