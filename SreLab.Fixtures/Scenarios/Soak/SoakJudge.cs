using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Scenarios.Soak;

/// <summary>What is judged of each fault of a soak.</summary>
internal static class SoakJudge
{
    /// <summary>Judges one fault.</summary>
    public static IReadOnlyList<(string Name, Verdict Verdict)> Judge(FaultHistory history, SoakStep step, Objectives objectives) =>
    [
        ("durability", Durability.Check(history, objectives)),
        ("one-primary", SplitBrain.Check(history)),
        ("course", FaultCourses.Check(history, step.Fault)),
        ("whole", Rejoin.Check(history.Record)),
        ("content", ContentAgreement.Check(history.Record, history.Written)),
        ("bank", Bank.Check(history.Bank, [FaultWindow.Of(history.Record)])),
        ("staleness", StaleRead.Check(history, objectives)),
        ("logs", FaultLogs.Check(history)),
        (SoakStepRecord.Outage, WriteOutage.CheckLimit(history, LimitOf(step.Fault.Kind, objectives) + (step.Second is { } second ? LimitOf(second.Kind, objectives) : 0), objectives)),
    ];

    private static decimal LimitOf(string kind, Objectives objectives) => kind switch
    {
        FaultKinds.KillPostmaster => objectives.PostmasterOutageWorstSeconds,
        FaultKinds.KillMember => objectives.MemberOutageWorstSeconds,
        _ => objectives.FaultOutageSeconds[kind],
    };
}
