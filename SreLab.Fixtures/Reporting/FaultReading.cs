using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Reporting;

/// <summary>One fault as the report shows it: its record, its history, and the outage by the same measure as the verdict.</summary>
/// <param name="Fault">The record.</param>
/// <param name="History">Its raw evidence; null when that cannot be read.</param>
/// <param name="Measure">Its outage; null when there is nothing to measure from.</param>
/// <param name="Problem">Why <paramref name="History"/> is null.</param>
internal sealed record FaultReading(FaultRecord Fault, FaultHistory? History, OutageMeasure? Measure, string? Problem)
{
    /// <summary>How the fault is called in tables.</summary>
    internal string Name => FormattableString.Invariant($"{Fault.Kind} {Fault.Repeat}");

    /// <summary>The outage as a table shows it.</summary>
    internal string Outage => Measure?.Text ?? $"unknown: {Problem ?? "no write was acknowledged before the fault"}";

    /// <summary>The acknowledgement that ended the outage, milliseconds; null when none did.</summary>
    internal double? FirstAckMs => Measure is { IsCensored: false } measure ? measure.ToMs : null;

    /// <summary>For sorting: nothing is worse than an outage that could not be measured or did not end.</summary>
    internal double Badness => Measure is { IsCensored: false } measure ? measure.Seconds : double.MaxValue;

    internal static IReadOnlyList<FaultReading> All(RunEvidence evidence) => [.. evidence.Faults.Select(f => Read(evidence, f))];

    private static FaultReading Read(RunEvidence evidence, FaultRecord fault)
    {
        try
        {
            var history = evidence.ReadHistory(fault);
            return new FaultReading(fault, history, history.Operations.Count == 0 ? null : WriteOutage.Measure(history), null);
        }
        catch (LabException e)
        {
            // The folder's own path is the machine's; the page speaks of the run.
            return new FaultReading(fault, null, null, e.Message.Split('\n')[0].Replace(evidence.Store.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        }
    }
}
