using System.Diagnostics;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Something done to a real lab that makes one or more alerts true, and can be taken back.</summary>
/// <remarks>One object for one use: it remembers what it did, so that <see cref="HealAsync"/> undoes just that.</remarks>
internal abstract class Disturbance
{
    /// <summary>Its name, in the words of the evidence: <c>paused-replay</c>.</summary>
    public abstract string Name { get; }

    /// <summary>To whom it was done: a member's name, or <c>lab</c> when it concerns more than one; known once it is caused.</summary>
    public virtual string Target => "lab";

    /// <summary>Every alert that it must raise.</summary>
    public abstract IReadOnlyList<ExpectedAlert> Raises { get; }

    /// <summary>Why it cannot be caused on this target or by this user; null when it can.</summary>
    public virtual string? WhyNot(DisturbanceContext context) => null;

    /// <summary>Does it, and returns when it is done; what needs time after that, the probes see.</summary>
    /// <returns>What was done and to whom, one clause: <c>WAL replay paused on pg-2 while clients write</c>.</returns>
    /// <exception cref="LabException">It did not work; <see cref="HealAsync"/> is called all the same.</exception>
    public abstract Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct);

    /// <summary>Takes it back and waits until the lab is whole again; does nothing when nothing was done.</summary>
    public abstract Task HealAsync(DisturbanceContext context, CancellationToken ct);
}

/// <summary>What a disturbance works with.</summary>
/// <param name="Lab">The lab; clients write to it all the time.</param>
/// <param name="Settings">The run's settings.</param>
/// <param name="Progress">Live progress.</param>
/// <param name="Client">How the clients fared, since the lab came up.</param>
/// <param name="Windows">Told from when to when a disturbance is on.</param>
/// <param name="Clock">Runs since the stage began.</param>
internal sealed record DisturbanceContext(ILab Lab, LabSettings Settings, IProgressLog Progress, ClientCounts Client, FaultWindows Windows, Stopwatch Clock)
{
    /// <summary>Why the sample workloads do not run, so that nothing can be done to them; null when they do.</summary>
    public string? WhyNoWorkloads { get; init; }

    /// <summary>Probes of the sample workloads; null when they do not run.</summary>
    public WorkloadProbes? Workloads { get; init; }
}

/// <summary>An alert that a disturbance must raise.</summary>
/// <param name="Alert">Its name.</param>
/// <param name="Condition">What the probe looks at, one clause with its threshold: <c>replay is more than 5 s behind</c>.</param>
/// <param name="HoldsAsync">
/// Whether the condition holds now, asked at its source (the server, the process table, the file system, the clients) and never of
/// Prometheus. Called every 50 ms; an exception counts as "cannot tell", which keeps the last answer.
/// </param>
internal sealed record ExpectedAlert(string Alert, string Condition, Func<DisturbanceContext, CancellationToken, Task<bool>> HoldsAsync)
{
    /// <summary>Whether an alert with these labels is this one, and not that of another member or volume.</summary>
    public Func<IReadOnlyDictionary<string, string>, bool> Concerns { get; init; } = _ => true;

    /// <summary>Its condition comes with the heal, as a restart does; it is awaited after that.</summary>
    public bool IsRaisedByHeal { get; init; }
}
