using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Reporting;

/// <summary>One fault with its outage as the ledger's clients saw it.</summary>
/// <remarks>
/// The outage is the longest time between two acknowledgements of any client that reaches past the injection: acknowledgements
/// that were on their way when the signal was sent may still arrive after it and must not end the outage early.
/// </remarks>
/// <param name="Fault">The record.</param>
/// <param name="Operations">Its ledger.</param>
/// <param name="LastAckMs">The acknowledgement that starts the outage; null when there is none.</param>
/// <param name="FirstAckMs">The one that ends it; null when writes never resumed.</param>
/// <param name="ObservedUntilMs">The last thing that the history knows of.</param>
internal sealed record OutageReading(
    FaultRecord Fault,
    IReadOnlyList<Operation> Operations,
    double? LastAckMs,
    double? FirstAckMs,
    double ObservedUntilMs)
{
    /// <summary>Milliseconds without an acknowledgement; a lower bound when writes never resumed; null when nothing was acknowledged before.</summary>
    public double? OutageMs => LastAckMs is { } last ? (FirstAckMs ?? ObservedUntilMs) - last : null;

    /// <summary>How the fault is called in tables.</summary>
    public string Name => FormattableString.Invariant($"{Fault.Kind} {Fault.Repeat}");

    /// <summary>The outage as a table shows it.</summary>
    public string Outage => OutageMs switch
    {
        null => "unknown: no write was acknowledged before the fault",
        { } ms when FirstAckMs is null => $">= {Figures.Seconds(ms / 1000)}",
        { } ms => Figures.Seconds(ms / 1000),
    };

    internal static OutageReading Of(FaultRecord fault, IReadOnlyList<Operation> operations)
    {
        var acks = operations.Where(o => o.Outcome == Outcome.Acknowledged).Select(o => o.EndedMs).Order().ToArray();
        var until = operations.Count == 0 ? fault.InjectedMs : operations.Max(o => o.EndedMs);
        var last = Array.FindLastIndex(acks, a => a <= fault.InjectedMs);
        if (last < 0)
        {
            return new OutageReading(fault, operations, null, null, until);
        }

        var start = last;
        for (var i = last + 1; i < acks.Length - 1; i++)
        {
            if (acks[i + 1] - acks[i] > acks[start + 1] - acks[start])
            {
                start = i;
            }
        }

        var neverResumed = acks[^1] <= fault.InjectedMs || until - acks[^1] > (start + 1 < acks.Length ? acks[start + 1] - acks[start] : 0);
        return neverResumed
            ? new OutageReading(fault, operations, acks[^1], null, until)
            : new OutageReading(fault, operations, acks[start], acks[start + 1], until);
    }
}
