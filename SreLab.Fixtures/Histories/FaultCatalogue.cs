using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Histories;

/// <summary>Every way in which the suite lets a database die: the one list behind scenarios, promises, report and soak.</summary>
public static class FaultCatalogue
{
    // A lease lives 20 s; what waits for one to run out needs some more.
    private static readonly TimeSpan LongerThanLease = TimeSpan.FromSeconds(30);

    /// <summary>In the order in which they run and are shown: from a dead process to planned work.</summary>
    public static IReadOnlyList<FaultEntry> All { get; } =
    [
        new(FaultKinds.KillPostmaster, "postmaster killed", "SIGKILL to the postmaster of the primary; its Patroni lives")
        {
            Takeover = Takeover.Required, IsInEveryProfile = true,
        },
        new(FaultKinds.KillMember, "member killed", "SIGKILL to Patroni, PostgreSQL, etcd and exporter of the primary")
        {
            Takeover = Takeover.Required, IsInEveryProfile = true,
        },
        new(FaultKinds.PowerLoss, "power loss", "SIGKILL to everything of all members at once; they start again by themselves")
        {
            HitsPrimary = false, Takeover = Takeover.Possible, Writes = WritesDuring.Stop, Hold = TimeSpan.FromSeconds(3), StopsWithin = TimeSpan.FromSeconds(0.5),
            HasServerWork = true,
        },
        new(FaultKinds.HangPostgres, "PostgreSQL hung", "SIGSTOP to the postmaster of the primary and everything that it forked")
        {
            Takeover = Takeover.Possible, Writes = WritesDuring.Any, Hold = LongerThanLease * 1.5, StopsFencing = true,
        },
        new(FaultKinds.HangPatroni, "Patroni hung", "SIGSTOP to the Patroni of the primary; PostgreSQL runs on")
        {
            Takeover = Takeover.Required, StopsFencing = true,
        },
        new(FaultKinds.FreezeMember, "member frozen", "SIGSTOP to everything of the primary for longer than its lease, then SIGCONT")
        {
            Takeover = Takeover.Required, StopsFencing = true,
        },
        new(FaultKinds.CutFromStore, "cut from etcd", "nothing passes between the primary's Patroni and any etcd; the other members are reached")
        {
            // failsafe_mode: all other members say that the primary may go on, so it does, and they do not race for its lease.
            Hold = LongerThanLease,
        },
        new(FaultKinds.CutFromStandbys, "cut from standbys", "nothing passes from the standbys to the primary: neither WAL nor questions")
        {
            // The kills prove no durability on one machine: what a primary acknowledged by itself has reached the standbys within microseconds.
            Writes = WritesDuring.Stop, Hold = TimeSpan.FromSeconds(10), IsInEveryProfile = true,
        },
        new(FaultKinds.CutOneWay, "one-way cut", "nothing that the primary's Patroni sends arrives: neither at any etcd nor at the members; what they send does")
        {
            Takeover = Takeover.Required,
        },
        new(FaultKinds.IsolatePrimary, "primary isolated", "nothing passes between the primary and any etcd or member, either way; clients still reach it")
        {
            Takeover = Takeover.Required,
        },
        new(FaultKinds.LoseStore, "etcd without majority", "SIGKILL to two of three etcd; every Patroni still answers")
        {
            HitsPrimary = false, Hold = TimeSpan.FromSeconds(25),
        },
        new(FaultKinds.LoseStoreAndStandby, "etcd and a standby lost", "SIGKILL to two of three etcd, and SIGSTOP to the Patroni of one standby: the primary must stand down")
        {
            HitsPrimary = false,

            // It stood down, so whoever leads when the store is back begins a new timeline.
            Takeover = Takeover.Possible, Writes = WritesDuring.Stop, Hold = LongerThanLease, StopsWithin = TimeSpan.FromSeconds(22),
        },
        new(FaultKinds.KillStandby, "standby killed", "SIGKILL to everything of a synchronous standby") { HitsPrimary = false },
        new(FaultKinds.FreezeReceiver, "WAL receiver frozen", "SIGSTOP to the WAL receiver of a synchronous standby") { HitsPrimary = false, Hold = TimeSpan.FromSeconds(10) },
        new(FaultKinds.PauseReplay, "replay paused", "pg_wal_replay_pause() on a standby, again whenever Patroni resumes it") { HitsPrimary = false, Hold = TimeSpan.FromSeconds(8) },
        new(FaultKinds.KillProxy, "proxy killed", "SIGKILL to HAProxy; the supervisor starts it again") { HitsPrimary = false },
        new(FaultKinds.ExhaustConnections, "connections exhausted", "idle sessions take every connection that clients can have on the primary") { Hold = TimeSpan.FromSeconds(8) },
        new(FaultKinds.FillVolume, "disk full", "the volume of the primary's WAL has no byte left") { Takeover = Takeover.Required, Needs = Capability.Volumes, IsInSoak = false },
        new(FaultKinds.DamagePage, "damaged page", "bytes of a page in a standby's table are changed on disk") { HitsPrimary = false, IsInSoak = false },
        .. PlatformFaults.Accidents,
        new(FaultKinds.Switchover, "switchover", "the cluster manager is told to hand the primary's role to a standby")
        {
            Takeover = Takeover.Required, IsPlanned = true, HasServerWork = true,
        },
        new(FaultKinds.RollingRestart, "rolling restart", "each standby is restarted, then the primary after a switchover")
        {
            Takeover = Takeover.Required, IsPlanned = true, HasServerWork = true,
        },
        .. PlatformFaults.Planned,
    ];

    /// <summary>The entry of a kind; null for what is no fault, such as a ledger that nothing disturbed.</summary>
    public static FaultEntry? Find(string kind) => All.FirstOrDefault(e => e.Kind == kind);

    /// <summary>The entry of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static FaultEntry Of(string kind) => Find(kind) ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "not in the catalogue");
}
