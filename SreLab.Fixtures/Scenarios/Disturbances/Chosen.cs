using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Whom a disturbance hits.</summary>
internal static class Chosen
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The one primary.</summary>
    /// <exception cref="LabException">There is none, or more than one.</exception>
    public static Task<Member> PrimaryAsync(ILab lab, CancellationToken ct) => ChooseAsync(lab, "one primary", state => state.Primary?.Member, ct);

    /// <summary>A standby that streams; another number is another standby, so that disturbances side by side do not meet.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="number">0 or 1.</param>
    /// <param name="ct">Cancels the question.</param>
    /// <exception cref="LabException">Not both stream.</exception>
    public static Task<Member> StandbyAsync(ILab lab, int number, CancellationToken ct) => ChooseAsync(
        lab,
        "both standbys to stream",
        state => state.StreamingStandbys.Count == lab.Members.Count - 1
            ? state.StreamingStandbys.OrderBy(s => s.Member.Name, StringComparer.Ordinal).ElementAt(number).Member
            : null,
        ct);

    /// <summary>Waits until another member is primary.</summary>
    /// <exception cref="LabException">Nobody took over.</exception>
    public static Task<Member> ReplacedAsync(ILab lab, Member old, CancellationToken ct) => Wait.UntilAsync(
        Bounds.NewPrimaryAfterFailover,
        $"another primary than {old.Name}",
        async token =>
        {
            var state = await lab.GetClusterStateAsync(token);
            return (state.Primary?.Member is { } now && now != old ? now : null, state.Describe());
        },
        PollInterval,
        ct);

    /// <summary>Whether an alert is about a member.</summary>
    public static Func<IReadOnlyDictionary<string, string>, bool> Label(string label, Func<string?> value) =>
        labels => value() is { } wanted && labels.GetValueOrDefault(label) == wanted;

    /// <summary>A machine under full load may answer late once; that alone must not spoil an experiment.</summary>
    private static Task<Member> ChooseAsync(ILab lab, string awaited, Func<ClusterState, Member?> choose, CancellationToken ct) => Wait.UntilAsync(
        Bounds.MemberChosen,
        awaited,
        async token =>
        {
            var state = await lab.GetClusterStateAsync(token);
            return (choose(state), state.Describe());
        },
        PollInterval,
        ct);
}
