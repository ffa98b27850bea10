namespace SreLab.Fixtures.Checkers;

/// <summary>How long clients could not write during one fault, and where the time went.</summary>
/// <param name="Fault">The fault, for example <c>kill-member 2</c>.</param>
/// <param name="Seconds">The outage over the whole cluster; a lower bound when <paramref name="IsCensored"/>.</param>
/// <param name="IsCensored">Writes never came back while the ledger ran.</param>
/// <param name="FromMs">Last acknowledgement before, milliseconds on the history's clock.</param>
/// <param name="ToMs">First acknowledgement after, or the end of the history when censored.</param>
/// <param name="WorstWriterSeconds">The longest time that one writer went without an acknowledgement.</param>
/// <param name="MissedDeadlines">Writes from the fault on that were not acknowledged within the deadline of their schedule.</param>
/// <param name="ResolutionMs">The measure cannot tell apart what is shorter: one over the scheduled rate.</param>
/// <param name="DetectSeconds">Injected until the consensus store named another leader; null when it never did.</param>
/// <param name="PromoteSeconds">From there until that member left recovery; null when it never did.</param>
/// <param name="RerouteSeconds">From there until a client was acknowledged through the endpoint; null when none was.</param>
/// <param name="LeaseLeftSeconds">Seconds left of the leader's lease at the kill; null when it could not be read.</param>
public sealed record OutageMeasure(
    string Fault,
    double Seconds,
    bool IsCensored,
    double FromMs,
    double ToMs,
    double WorstWriterSeconds,
    int MissedDeadlines,
    double ResolutionMs,
    double? DetectSeconds,
    double? PromoteSeconds,
    double? RerouteSeconds,
    double? LeaseLeftSeconds)
{
    /// <summary>Seconds of the outage in which a server ended, started or was promoted; told only where the fault needs that.</summary>
    public double WorkSeconds { get; init; }

    /// <summary>What servers did in them.</summary>
    public string Work { get; init; } = "";

    /// <summary>The rest of the outage: what a limit holds for.</summary>
    public double WaitSeconds => Seconds - WorkSeconds;

    /// <summary>The outage over (lease left + 1 s); null when the lease was not read.</summary>
    public double? LeaseRatio => LeaseLeftSeconds is { } left ? Seconds / (left + 1) : null;

    /// <summary>The outage as a report shows it: <c>1.84 s</c>, or <c>>= 60.00 s</c> when writes never came back.</summary>
    public string Text => FormattableString.Invariant($"{(IsCensored ? ">= " : "")}{Seconds:0.00} s");

    /// <summary>Outage and phases in one line.</summary>
    public string Describe()
    {
        static string Phase(double? seconds) => seconds is { } s ? FormattableString.Invariant($"{s:0.00} s") : "never";
        var lease = LeaseLeftSeconds is { } left ? FormattableString.Invariant($", lease left {left:0.0} s") : "";
        return FormattableString.Invariant($"{Fault}: {Text} (detect {Phase(DetectSeconds)}, promote {Phase(PromoteSeconds)}, reroute {Phase(RerouteSeconds)}){lease}; ")
            + FormattableString.Invariant($"worst writer {WorstWriterSeconds:0.00} s, {MissedDeadlines:N0} deadlines missed")
            + (WorkSeconds > 0 ? FormattableString.Invariant($"; {WaitSeconds:0.00} s beside the servers' work of {WorkSeconds:0.00} s ({Work})") : "");
    }
}
