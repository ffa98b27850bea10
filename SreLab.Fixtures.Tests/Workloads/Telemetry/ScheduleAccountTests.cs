using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Workloads.Telemetry;

/// <summary>A writer with a write every 100 ms from 1000 ms on, each due 500 ms after its schedule.</summary>
public sealed class ScheduleAccountTests
{
    private const double FirstMs = 1000;
    private const double IntervalMs = 100;
    private const double DeadlineMs = 500;

    private readonly ClientMetrics _metrics = new(Tests.Ledger.Objectives);
    private readonly ScheduleAccount _account;

    public ScheduleAccountTests() => _account = new ScheduleAccount(_metrics, FirstMs, IntervalMs, DeadlineMs);

    [Fact]
    public void An_answer_in_time_counts_by_its_outcome()
    {
        Settle(0, 1003, Outcome.Acknowledged);
        Settle(1, 1103, Outcome.Refused);
        Settle(2, 1203, Outcome.Indeterminate);

        Counts().Should().Equal(1, 1, 1, 0);
    }

    [Fact]
    public void An_acknowledgement_after_the_deadline_is_a_failure_whose_latency_is_seen()
    {
        Settle(0, 1501, Outcome.Acknowledged);

        Counts().Should().Equal(0, 0, 0, 1);
        _metrics.Render().Should().Contain("srelab_client_latency_seconds_count{source=\"ledger\"} 1");
    }

    [Fact]
    public void What_a_waiting_writer_never_sent_in_time_is_failed()
    {
        // Until 2050 ms the deadlines of the writes 0 to 5 (scheduled at 1500 ms) have passed.
        Settle(0, 2050, Outcome.Indeterminate);

        Counts().Should().Equal(0, 0, 1, 5);
    }

    [Fact]
    public void Each_scheduled_write_is_counted_once_however_late_it_is_sent()
    {
        Settle(0, 2050, Outcome.Indeterminate);
        for (var slot = 1; slot < 20; slot++)
        {
            Settle(slot, Math.Max(2051 + slot, FirstMs + (slot * IntervalMs) + 1), Outcome.Acknowledged);
        }

        // 0 was answered badly, 1 to 5 were overdue at 2050 ms, the others came in time.
        Counts().Should().Equal(14, 0, 1, 5);
        Counts().Sum().Should().Be(20);
    }

    [Fact]
    public void A_deadline_that_is_just_reached_has_passed_for_what_was_not_answered()
    {
        Settle(0, 1500, Outcome.Acknowledged);
        Counts().Should().Equal(1, 0, 0, 0);

        Settle(1, 1700, Outcome.Indeterminate);
        Counts().Should().Equal([1, 0, 1, 1], "write 2, scheduled at 1200 ms, was due at 1700 ms");
    }

    private void Settle(long slot, double endedMs, Outcome outcome) => _account.Settle(slot, new Operation
    {
        Id = slot + 1,
        Client = 0,
        ScheduledMs = FirstMs + (slot * IntervalMs),
        SentMs = endedMs,
        EndedMs = endedMs,
        Outcome = outcome,
    });

    private long[] Counts() => [.. Enum.GetValues<ClientOutcome>().Select(o => _metrics.Operations(ClientSource.Ledger, o))];
}
