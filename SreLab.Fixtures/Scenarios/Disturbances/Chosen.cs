using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Whom a disturbance hits.</summary>
internal static class Chosen
{
    /// <summary>The one primary.</summary>
    /// <exception cref="LabException">There is none, or more than one.</exception>
    public static async Task<Member> PrimaryAsync(ILab lab, CancellationToken ct)
    {
        var state = await lab.GetClusterStateAsync(ct);
        return state.Primary?.Member ?? throw new LabException($"disturbance refused: the cluster has not one primary.\n  last seen    {state.Describe()}");
    }

    /// <summary>A standby that streams; another number is another standby, so that disturbances side by side do not meet.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="number">0 or 1.</param>
    /// <param name="ct">Cancels the question.</param>
    /// <exception cref="LabException">Fewer stream.</exception>
    public static async Task<Member> StandbyAsync(ILab lab, int number, CancellationToken ct)
    {
        var state = await lab.GetClusterStateAsync(ct);
        return state.StreamingStandbys.OrderBy(s => s.Member.Name, StringComparer.Ordinal).ElementAtOrDefault(number)?.Member
            ?? throw new LabException($"disturbance refused: fewer than {number + 1} standbys stream.\n  last seen    {state.Describe()}");
    }

    /// <summary>Whether an alert is about a member.</summary>
    public static Func<IReadOnlyDictionary<string, string>, bool> Label(string label, Func<string?> value) =>
        labels => value() is { } wanted && labels.GetValueOrDefault(label) == wanted;
}
