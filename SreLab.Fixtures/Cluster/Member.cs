namespace SreLab.Fixtures.Cluster;

/// <summary>One PostgreSQL of the cluster together with what keeps it: the unit that is lost when a machine is lost.</summary>
/// <param name="Name">The member's name, for example <c>pg-1</c>.</param>
/// <param name="Host">The address on which it listens.</param>
/// <param name="Port">PostgreSQL's port.</param>
public sealed record Member(string Name, string Host, int Port)
{
    /// <summary>Stands for "no member": before a primary was seen.</summary>
    public static Member None { get; } = new("none", "0.0.0.0", 0);

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>What a member is at a moment.</summary>
public enum Role
{
    /// <summary>It could not be asked.</summary>
    Unknown = 0,

    /// <summary>It accepts writes.</summary>
    Primary = 1,

    /// <summary>It replays from the primary.</summary>
    Standby = 2,
}

/// <summary>One member as it was seen at a moment.</summary>
/// <param name="Member">Which one.</param>
/// <param name="Role">What it is.</param>
/// <param name="State">Patroni's word: running, streaming, starting, stopped, unreachable.</param>
/// <param name="Timeline">The WAL branch it is on; 0 when unknown.</param>
/// <param name="LagBytes">Bytes behind the primary; null on the primary and when unknown.</param>
/// <param name="IsSynchronous">Whether it is the synchronous standby.</param>
public sealed record MemberState(Member Member, Role Role, string State, int Timeline, long? LagBytes, bool IsSynchronous)
{
    /// <summary>A standby that follows the primary, as opposed to one that is starting or cut off.</summary>
    public bool IsStreaming => Role == Role.Standby && State is "streaming" or "running";

    /// <summary>How the member reads in an error or a progress line.</summary>
    public string Describe() => Role switch
    {
        Role.Primary => $"{Member.Name} primary, timeline {Timeline}",
        Role.Standby => $"{Member.Name} {(IsSynchronous ? "synchronous " : "")}standby {State}, timeline {Timeline}, lag {LagBytes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} B",
        _ => $"{Member.Name} {State}",
    };
}

/// <summary>The whole cluster as it was seen at a moment.</summary>
/// <param name="Members">Every configured member, also those that could not be asked.</param>
public sealed record ClusterState(IReadOnlyList<MemberState> Members)
{
    /// <summary>The one primary; null when there is none, or more than one claims to be.</summary>
    public MemberState? Primary => Members.Count(m => m.Role == Role.Primary) == 1 ? Members.Single(m => m.Role == Role.Primary) : null;

    /// <summary>Standbys that follow the primary.</summary>
    public IReadOnlyList<MemberState> StreamingStandbys => [.. Members.Where(m => m.IsStreaming)];

    /// <summary>All members in one line, for errors and progress.</summary>
    public string Describe() => string.Join("; ", Members.Select(m => m.Describe()));
}
