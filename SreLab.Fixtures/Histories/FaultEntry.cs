using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Histories;

/// <summary>Whether a standby is to take over while a fault lasts.</summary>
public enum Takeover
{
    /// <summary>It must: the fault takes the primary away.</summary>
    Required = 0,

    /// <summary>It must not: the primary can still do its work, or nobody could do it better.</summary>
    Forbidden = 1,

    /// <summary>Either is right; what happened is recorded and shown.</summary>
    Possible = 2,
}

/// <summary>What becomes of writes while a fault lasts.</summary>
public enum WritesDuring
{
    /// <summary>They are acknowledged again before the fault is taken back.</summary>
    Return = 0,

    /// <summary>None is acknowledged once the fault has taken effect, until it is taken back.</summary>
    Stop = 1,

    /// <summary>Either is right.</summary>
    Any = 2,
}

/// <summary>One line of the catalogue: a way in which a database dies, and what has to follow.</summary>
/// <param name="Kind">The name that records, folders, promises and settings carry.</param>
/// <param name="Title">The fault in two or three words, for tables.</param>
/// <param name="What">What is done, for people.</param>
public sealed record FaultEntry(string Kind, string Title, string What)
{
    /// <summary>Whether a standby is to take over.</summary>
    public Takeover Takeover { get; init; } = Takeover.Forbidden;

    /// <summary>What becomes of writes while it lasts.</summary>
    public WritesDuring Writes { get; init; } = WritesDuring.Return;

    /// <summary>
    /// How long it lasts, where no takeover has to end it: a required one is waited for, and the fault is taken back some seconds after it.
    /// Zero when it is taken back as soon as its effect was followed.
    /// </summary>
    public TimeSpan Hold { get; init; }

    /// <summary>From the fault until <see cref="WritesDuring.Stop"/> holds: how long whatever stops them may take.</summary>
    public TimeSpan StopsWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether it stops the very program that would make an old primary stand down. Such a primary takes local commits until it is thawed or
    /// ended; nothing but a watchdog, which this cluster does not have, could prevent it. What must hold then is that it acknowledges nothing.
    /// </summary>
    public bool StopsFencing { get; init; }

    /// <summary>Whether what is hit is the primary: a fault that missed it proves nothing, however well everything goes on.</summary>
    public bool HitsPrimary { get; init; } = true;

    /// <summary>Whether it is planned work, not an accident: it belongs to <c>make switchover</c>.</summary>
    public bool IsPlanned { get; init; }

    /// <summary>What a target must be able to do for it.</summary>
    public Capability Needs
    {
        get => _needs ?? (IsPlanned ? Capability.PlannedWork : Capability.Machines);
        init => _needs = value;
    }

    /// <summary>Whether only a platform has it: elsewhere it is neither run nor listed, and its limits are among those of the targets that have one.</summary>
    public bool IsOfPlatform { get; init; }

    /// <summary>
    /// Whether servers have to end, start or be promoted for it, so that its limit is one of the rest: of what the cluster and its clients need to see
    /// what the servers did.
    /// </summary>
    public bool HasServerWork { get; init; }

    /// <summary>Whether every profile carries it out, the quick one too: it shows what no other fault of that profile can.</summary>
    public bool IsInEveryProfile { get; init; }

    /// <summary>Whether a soak draws it.</summary>
    public bool IsInSoak { get; init; } = true;

    private readonly Capability? _needs;
}
