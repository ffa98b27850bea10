namespace SreLab.Fixtures.Lab;

/// <summary>Every wait of the suite by name. Lengths are ceilings for a slow machine, not objectives: those are in <c>slos.json</c>.</summary>
public static partial class Bounds
{
    /// <summary>From start to three members, two of them streaming, all scrape targets up: initdb and two base backups, 12 s on two quiet processors, minutes on busy ones.</summary>
    public static Bound ClusterReady { get; } = new(nameof(ClusterReady), TimeSpan.FromSeconds(300));

    /// <summary>A supervisor that was just started answers on its socket.</summary>
    public static Bound SupervisorAnswers { get; } = new(nameof(SupervisorAnswers), TimeSpan.FromSeconds(60));

    /// <summary>The consensus store has a leader: three starts and an election of 1 to 2 s, on a busy disk.</summary>
    public static Bound StoreHealthy { get; } = new(nameof(StoreHealthy), TimeSpan.FromSeconds(90));

    /// <summary>Every scrape target of the lab is up in Prometheus.</summary>
    public static Bound ScrapeTargetsUp { get; } = new(nameof(ScrapeTargetsUp), TimeSpan.FromSeconds(120));

    /// <summary>pgbench ends after the seconds it was asked for: the transactions in flight at the end, on a stalled cluster. After it, it is killed and its record says so.</summary>
    public static Bound BenchOverrun { get; } = new(nameof(BenchOverrun), TimeSpan.FromSeconds(60));

    /// <summary>A process that was asked to end has ended; after it, it is killed.</summary>
    public static Bound ProcessEnds { get; } = new(nameof(ProcessEnds), TimeSpan.FromSeconds(30));

    /// <summary>A command that was interrupted has put away what it had made for itself: a lab is taken down, members that it ended are started again.</summary>
    public static Bound PutAway { get; } = new(nameof(PutAway), TimeSpan.FromMinutes(2));

    /// <summary>A process that was sent SIGKILL is gone; only a write to a stuck disk holds it longer.</summary>
    public static Bound KilledProcessGone { get; } = new(nameof(KilledProcessGone), TimeSpan.FromSeconds(30));

    /// <summary>An owner's command that breaks or mends a cluster which is not the suite's: a cloud's failover takes minutes.</summary>
    public static Bound FaultCommand { get; } = new(nameof(FaultCommand), TimeSpan.FromMinutes(5));

    /// <summary>A killed server refuses connections: the kernel closes its socket within milliseconds of the signal.</summary>
    public static Bound FaultSeen { get; } = new(nameof(FaultSeen), TimeSpan.FromSeconds(30));

    /// <summary>Another member holds the leader key: ttl 20 + loop_wait 1 + etcd election 2 + promotion 2, five times that on a busy machine.</summary>
    public static Bound NewPrimaryAfterFailover { get; } = new(nameof(NewPrimaryAfterFailover), TimeSpan.FromSeconds(120));

    /// <summary>A server whose WAL has no space left has ended: what was reserved before is used up first.</summary>
    public static Bound VolumeFull { get; } = new(nameof(VolumeFull), TimeSpan.FromSeconds(60));

    /// <summary>Planned work that was ordered is done: a shutdown with its checkpoint, a promotion or a start.</summary>
    public static Bound PlannedWorkDone { get; } = new(nameof(PlannedWorkDone), TimeSpan.FromSeconds(120));

    /// <summary>The ledger has an acknowledged write after the fault.</summary>
    public static Bound WritesAfterFailover { get; } = new(nameof(WritesAfterFailover), TimeSpan.FromSeconds(120));

    /// <summary>The old primary streams from the new one: pg_rewind, or a base backup of a seeded cluster.</summary>
    public static Bound Rejoin { get; } = new(nameof(Rejoin), TimeSpan.FromSeconds(300));

    /// <summary>A standby that runs follows the primary by itself: a restart, pg_rewind, or the WAL that it missed. After it, a repair rebuilds it.</summary>
    public static Bound StandbyFollows { get; } = new(nameof(StandbyFollows), TimeSpan.FromSeconds(90));

    /// <summary>Every standby has replayed what the primary had flushed.</summary>
    public static Bound StandbysCaughtUp { get; } = new(nameof(StandbysCaughtUp), TimeSpan.FromSeconds(300));

    /// <summary>The workload has reached the rate that makes a result mean something.</summary>
    public static Bound SteadyState { get; } = new(nameof(SteadyState), TimeSpan.FromSeconds(60));

    /// <summary>Every load beside the ledger was answered: connections, TLS and the first statements, on a machine that does other things as well.</summary>
    public static Bound LoadsAnswered { get; } = new(nameof(LoadsAnswered), TimeSpan.FromSeconds(60));

    /// <summary>Sample workloads answer: seven .NET programs start at once on two cores, and some look for the database first.</summary>
    public static Bound WorkloadsUp { get; } = new(nameof(WorkloadsUp), TimeSpan.FromSeconds(180));

    /// <summary>An instance of invoice-app has taken payments over: one statement, behind whatever slows it down.</summary>
    public static Bound PaymentsTaken { get; } = new(nameof(PaymentsTaken), TimeSpan.FromSeconds(90));

    /// <summary>Commands of TROUBLESHOOTING.md have ended: some send more than a thousand requests, to a service that may be slow.</summary>
    public static Bound TroubleshootingCommand { get; } = new(nameof(TroubleshootingCommand), TimeSpan.FromSeconds(180));

    /// <summary>Prometheus has found its Alertmanager after a reload: its discovery tells what is new every 5 s.</summary>
    public static Bound AlertmanagerFound { get; } = new(nameof(AlertmanagerFound), TimeSpan.FromSeconds(60));

    /// <summary>A disturbance has its effect: the longest threshold of a rule is a transaction of 60 s.</summary>
    public static Bound ConditionCaused { get; } = new(nameof(ConditionCaused), TimeSpan.FromSeconds(120));

    /// <summary>An alert was delivered: the promise is seconds; this is long enough to measure how late a late one is, on a busy machine as well.</summary>
    public static Bound AlertDelivered { get; } = new(nameof(AlertDelivered), TimeSpan.FromSeconds(90));

    /// <summary>An alert is off again: the slowest burn-rate window that must pass is 3 minutes, after the last disturbance that makes clients slow.</summary>
    public static Bound AlertResolved { get; } = new(nameof(AlertResolved), TimeSpan.FromMinutes(15));

    /// <summary>A changed dynamic setting is read by the members, or in force on the primary: one loop of Patroni, at its default 10 s, and a reload.</summary>
    public static Bound SettingsTakeEffect { get; } = new(nameof(SettingsTakeEffect), TimeSpan.FromSeconds(45));

    /// <summary>The archiver has caught up after its command was mended: it tries again at the end of the next segment.</summary>
    public static Bound ArchiverCatchesUp { get; } = new(nameof(ArchiverCatchesUp), TimeSpan.FromSeconds(90));

    /// <summary>A backup, the wait for another one included; a million rows take some seconds.</summary>
    public static Bound BackupTaken { get; } = new(nameof(BackupTaken), TimeSpan.FromMinutes(30));

    /// <summary>A server made from a backup has replayed what it is to, and accepts writes.</summary>
    public static Bound RestoredAccepts { get; } = new(nameof(RestoredAccepts), TimeSpan.FromMinutes(10));

    /// <summary>An instance of a workload is ready, or is not any more: the promise is 3 s; this tells late from never on a machine that is busy as well.</summary>
    public static Bound WorkloadReady { get; } = new(nameof(WorkloadReady), TimeSpan.FromSeconds(15));

    /// <summary>The load balancer sends requests to an instance that was started again: its least uptime and two checks.</summary>
    public static Bound WorkloadInRotation { get; } = new(nameof(WorkloadInRotation), TimeSpan.FromSeconds(60));

    /// <summary>The supervisor has started a killed workload again, and it answers.</summary>
    public static Bound WorkloadBack { get; } = new(nameof(WorkloadBack), TimeSpan.FromSeconds(90));

    /// <summary>What a program logs of a request is in its log; a payment is made meanwhile.</summary>
    public static Bound LogsWritten { get; } = new(nameof(LogsWritten), TimeSpan.FromSeconds(15));

    /// <summary>A payment run is finished: 10,000 payments with a fifth of the answers lost, leases of 10 s that run out, and a failover.</summary>
    public static Bound PaymentsFinished { get; } = new(nameof(PaymentsFinished), TimeSpan.FromMinutes(10));

    /// <summary>The members say who is primary and who streams, so that one can be chosen: a machine under full load answers late.</summary>
    public static Bound MemberChosen { get; } = new(nameof(MemberChosen), TimeSpan.FromSeconds(60));

    /// <summary>A database on Kubernetes has every instance ready: they join one after another, about 20 s each, after images were pulled.</summary>
    public static Bound PlatformReady { get; } = new(nameof(PlatformReady), TimeSpan.FromMinutes(5));

    /// <summary>A service of type LoadBalancer has its address: MetalLB gives it within a second. After it, the port on a node is used.</summary>
    public static Bound LoadBalancerAddress { get; } = new(nameof(LoadBalancerAddress), TimeSpan.FromSeconds(20));

    /// <summary>Namespaces have ended with everything in them: volumes are detached and removed first.</summary>
    public static Bound NamespacesGone { get; } = new(nameof(NamespacesGone), TimeSpan.FromMinutes(3));
}
