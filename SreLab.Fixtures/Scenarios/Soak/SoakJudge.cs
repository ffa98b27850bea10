using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Scenarios.Soak;

/// <summary>What is judged of each fault of a soak.</summary>
internal static class SoakJudge
{
    /// <summary>Judges one fault.</summary>
    /// <param name="history">The fault.</param>
    /// <param name="step">What was planned.</param>
    /// <param name="host">What the machine did meanwhile.</param>
    /// <param name="objectives">The limits.</param>
    public static IReadOnlyList<(string Name, Verdict Verdict)> Judge(FaultHistory history, SoakStep step, HostHistory host, Objectives objectives)
    {
        return
        [
            ("durability", Durability.Check(history, objectives)),
            ("one-primary", SplitBrain.Check(history)),
            ("course", FaultCourses.Check(history, step.Fault)),
            ("whole", Rejoin.Check(history.Record)),
            ("content", ContentAgreement.Check(history.Record, history.Written)),
            ("bank", Bank.Check(history.Bank, [FaultWindow.Of(history.Record)])),
            ("staleness", OnThisMachine(StaleRead.Check(history, objectives))),
            ("logs", FaultLogs.Check(history)),
            (SoakStepRecord.Outage, OnThisMachine(WriteOutage.CheckLimit(history, Limit(step, objectives), objectives))),
        ];

        Verdict OnThisMachine(Verdict verdict) => HostQuiet.Apply(verdict, [TimedIn.Of(history.Record)], host, objectives);
    }

    private static decimal Limit(SoakStep step, Objectives objectives) =>
        LimitOf(step.Fault.Kind, objectives) + (step.Second is { } second ? LimitOf(second.Kind, objectives) : 0);

    private static decimal LimitOf(string kind, Objectives objectives) => kind switch
    {
        FaultKinds.KillPostmaster => objectives.PostmasterOutageWorstSeconds,
        FaultKinds.KillMember => objectives.MemberOutageWorstSeconds,
        _ => objectives.FaultOutageSeconds[kind],
    };
}
