using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>Counts every scheduled write of one writer once: by its outcome, or as failed when its deadline passes without an answer.</summary>
/// <remarks>
/// A writer that waits for a hung server sends nothing, and by its answers alone it would look merely quiet. So what its schedule
/// wanted and nobody answered in time is counted as soon as the writer looks up again, at the latest after one deadline for
/// connecting and one for the write. A write that is acknowledged after that is late: its latency is observed, its failure stays.
/// </remarks>
/// <param name="metrics">Receives the counts.</param>
/// <param name="firstMs">When the first write was scheduled, milliseconds on the history's clock.</param>
/// <param name="intervalMs">Between two scheduled writes of this writer, milliseconds.</param>
/// <param name="deadlineMs">How long after its schedule a write must be acknowledged, milliseconds.</param>
internal sealed class ScheduleAccount(ClientMetrics metrics, double firstMs, double intervalMs, double deadlineMs)
{
    private long _counted;

    /// <summary>Takes the outcome of a write; to be called in the order of the schedule.</summary>
    /// <param name="slot">Number of the write in this writer's schedule, from 0.</param>
    /// <param name="operation">How it ended.</param>
    public void Settle(long slot, Operation operation)
    {
        var latencyMs = operation.EndedMs - operation.ScheduledMs;
        if (operation.Outcome == Outcome.Acknowledged)
        {
            metrics.ObserveLatency(ClientSource.Ledger, latencyMs / 1000);
        }

        if (slot >= _counted)
        {
            metrics.Count(ClientSource.Ledger, OutcomeOf(operation, latencyMs));
            _counted = slot + 1;
        }

        var overdue = (long)Math.Floor((operation.EndedMs - deadlineMs - firstMs) / intervalMs) + 1;
        if (overdue > _counted)
        {
            metrics.Count(ClientSource.Ledger, ClientOutcome.Failed, overdue - _counted);
            _counted = overdue;
        }
    }

    private ClientOutcome OutcomeOf(Operation operation, double latencyMs) => operation.Outcome switch
    {
        Outcome.Acknowledged => latencyMs <= deadlineMs ? ClientOutcome.Ok : ClientOutcome.Failed,
        Outcome.Refused => ClientOutcome.Refused,
        _ => ClientOutcome.Indeterminate,
    };
}
