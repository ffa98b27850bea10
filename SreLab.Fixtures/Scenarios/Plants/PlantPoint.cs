namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>The moments of a scenario at which a defect can be planted.</summary>
public enum PlantPoint
{
    /// <summary>The lab is up and whole, and is about to be looked at.</summary>
    AfterUp = 0,

    /// <summary>The database is filled, and is about to be counted and compared.</summary>
    AfterSeed = 1,

    /// <summary>The benchmark is about to start; the plant may act while it runs.</summary>
    DuringBench = 2,

    /// <summary>The ledger is in steady state, and the primary is about to be killed.</summary>
    BeforeFault = 3,

    /// <summary>The lab is healthy and no alert is on; quiet periods and disturbances are about to begin.</summary>
    BeforeAlerts = 5,

    /// <summary>All members stream again and writes have stopped; the ids are about to be read back.</summary>
    BeforeReadBack = 4,

    /// <summary>Every payment was made and the cluster is whole; both ledgers are about to be read.</summary>
    BeforeLedgers = 6,

    /// <summary>One order paid everything; the API's lists are about to be read.</summary>
    BeforePaidList = 7,

    /// <summary>Every kind of backup was taken, and clients write; the moments to restore to are to come.</summary>
    AfterBackups = 8,

    /// <summary>The content of a moment was read, and the clock is about to be.</summary>
    AtMoment = 9,

    /// <summary>Everything was archived; restores are about to begin.</summary>
    BeforeRestores = 10,

    /// <summary>A cluster was restored, and is about to be looked at.</summary>
    AfterRestore = 11,
}
