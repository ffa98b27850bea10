using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Every disturbance, and which of them share their time.</summary>
internal static class AllDisturbances
{
    /// <summary>Waves run one after another; what is in one wave runs side by side and does not disturb the rest of it.</summary>
    /// <param name="objectives">What the clients are promised.</param>
    /// <remarks>
    /// Slow writes come first: whatever stops the clients makes them slow as well. What costs clients anything comes before what costs them
    /// nothing, so that the last two waves, each a minute long, are part of the three minutes after which the slowest burn-rate alert
    /// resolves. Workloads have a wave of their own: programs that start take the processors for seconds, and chains are timed. So has the
    /// backup that fails: one that is old is noted in the same file, and the good one that heals it needs an archive that works.
    /// </remarks>
    public static IReadOnlyList<IReadOnlyList<Func<Disturbance>>> Waves(Objectives objectives) =>
    [
        [() => new FailingRule()],
        [() => new SlowWrites(objectives)],
        [() => new LostPrimary(objectives)],
        [() => new PromotedStandby()],
        [() => new CutStreams()],
        [() => new LostQuorum()],
        [() => new BadRelease()],
        [() => new FailedBackup()],
        [
            () => new LongTransaction(),
            () => new ManyConnections(),
            () => new Deadlocks(),
            () => new UnreadSlot(),
            () => new AgedDatabase(),
            () => new BrokenArchiving(),
            () => new OldBackup(),
            () => new FillingVolume(),
            () => new DelayedReplay(),
            () => new LostExporter(),
            () => new DeniedExporter(),
        ],
    ];
}
