using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using static SreLab.Fixtures.Tests.Checkers.PaymentRecords;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class PaymentsExactlyOnceTests
{
    private static IReadOnlyList<(Func<InvoiceLedger, InvoiceLedger> Change, string Wrong)> Spoilt { get; } =
    [
        (i => i with { Accepted = 2, AcceptedCents = 500 }, "paid twice"),
        (i => i with { Payments = 2, PaymentCents = 500 }, "paid twice"),
        (i => i with { Orders = 2 }, "paid twice"),
        (i => i with { Accepted = 0, AcceptedCents = 0 }, "paid on nobody's word"),
        (i => i with { Status = "unpaid", Payments = 0, PaymentCents = 0, Acknowledged = 0 }, "charged, not marked paid"),
        (i => i with { Acknowledged = 0 }, "charged, not marked paid"),
        (i => i with { Payments = 0, PaymentCents = 0 }, "charged, not marked paid"),
        (i => i with { Status = "unpaid", Payments = 0, PaymentCents = 0, Acknowledged = 0, Accepted = 0, AcceptedCents = 0 }, "lost"),
        (i => i with { AcceptedCents = 249, PaymentCents = 249 }, "wrong amount"),
    ];

    private static IReadOnlyList<PaymentHistory> Insufficient { get; } =
    [
        Good with { Record = Experiment with { Injected504 = 0 } },
        Good with { Record = Experiment with { Replays = 0 } },
        Good with { Record = Experiment with { Asked = Invoices + 1 } },
        Good with { Record = Experiment with { Run = Experiment.Run with { State = "running" } } },
        Good with { Record = Experiment with { Faults = [.. Experiment.Faults.Skip(1)] } },
        Good with { Record = Experiment with { Faults = [.. Experiment.Faults.Where(f => f.Kind != "kill-app")] } },
        Good with { Record = Experiment with { Faults = [.. Experiment.Faults.Select(f => f.Kind == "kill-postmaster" ? f with { Landed = false } : f)] } },
        Good with { Record = Experiment with { Faults = [.. Experiment.Faults.Select(f => f.Kind == "kill-app" ? f with { PaidBefore = Invoices } : f)] } },
        Good with { IsTorn = true },
        Good with { Members = Good.Members.Take(1).ToDictionary() },
    ];

    [Fact]
    public void Equal_ledgers_hold() =>
        PaymentsExactlyOnce.Check(Good).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "1,000 of 1,000" });

    [Fact]
    public void Each_wrong_on_a_single_member_is_broken_and_named()
    {
        foreach (var (change, wrong) in Spoilt)
        {
            var verdict = PaymentsExactlyOnce.Check(With(change));

            verdict.Kind.Should().Be(VerdictKind.Broken, wrong);
            verdict.Details[0].Should().Contain("pg-2: 1 " + wrong).And.Contain("invoice 1");
        }
    }

    [Fact]
    public void Strays_rejections_and_other_sums_are_broken()
    {
        Check(Experiment with { StrayAcceptances = 1 }).Summary.Should().Contain("for invoices that are not paid");
        Check(Experiment with { Run = Experiment.Run with { Rejected = 1 } }).Kind.Should().Be(VerdictKind.Broken);
        Check(Experiment with { Run = Experiment.Run with { PaidCents = 1 } }).Summary.Should().Contain("the run says");
        Check(Experiment with { Run = Experiment.Run with { Paid = 999 } }).Kind.Should().Be(VerdictKind.Broken);
    }

    [Fact]
    public void An_experiment_that_was_no_trial_is_unknown()
    {
        PaymentsExactlyOnce.Check(null).Kind.Should().Be(VerdictKind.Unknown);
        foreach (var history in Insufficient)
        {
            var verdict = PaymentsExactlyOnce.Check(history);

            verdict.Kind.Should().Be(VerdictKind.Unknown, verdict.Summary);
        }
    }

    [Fact]
    public void A_wrong_counts_although_the_trial_was_weak() =>
        PaymentsExactlyOnce.Check(With(i => i with { Accepted = 2 }) with { IsTorn = true }).Kind.Should().Be(VerdictKind.Broken);

    [Fact]
    public void The_app_must_serve_again_in_time_and_as_the_same_process()
    {
        var objectives = Ledger.Objectives;
        AppFailover.Check(Experiment, objectives).Should().BeEquivalentTo(new { Kind = VerdictKind.Holds, Measured = "2.1 s" });
        AppFailover.Check(Experiment with { Survivor = Experiment.Survivor with { StartedAfter = 1001 } }, objectives).Summary.Should().Contain("was restarted");
        AppFailover.Check(Experiment with { Survivor = Experiment.Survivor with { SecondsToServe = null, AfterFailover = "503" } }, objectives).Summary.Should().Contain("503");
        AppFailover.Check(Experiment with { Survivor = Experiment.Survivor with { SecondsToServe = 15.1 } }, objectives).Kind.Should().Be(VerdictKind.Broken);
        AppFailover.Check(Experiment with { Faults = [] }, objectives).Kind.Should().Be(VerdictKind.Unknown);
        AppFailover.Check(null, objectives).Kind.Should().Be(VerdictKind.Unknown);
    }

    private static Verdict Check(PaymentsRecord record) => PaymentsExactlyOnce.Check(Good with { Record = record });
}
