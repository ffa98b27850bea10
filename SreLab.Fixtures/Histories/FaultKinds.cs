namespace SreLab.Fixtures.Histories;

/// <summary>The faults by the name that records and folders carry; <see cref="FaultCatalogue"/> says what each is.</summary>
public static class FaultKinds
{
    /// <summary>SIGKILL to the primary's postmaster: its Patroni lives and can give the lease away at once.</summary>
    public const string KillPostmaster = "kill-postmaster";

    /// <summary>SIGKILL to everything of the primary's member, as when a machine is lost: the lease must run out.</summary>
    public const string KillMember = "kill-member";

    /// <summary>SIGKILL to everything of all members at once.</summary>
    public const string PowerLoss = "power-loss";

    /// <summary>SIGSTOP to the primary's PostgreSQL.</summary>
    public const string HangPostgres = "hang-postgres";

    /// <summary>SIGSTOP to the primary's Patroni.</summary>
    public const string HangPatroni = "hang-patroni";

    /// <summary>SIGSTOP to everything of the primary's member, for longer than its lease.</summary>
    public const string FreezeMember = "freeze-member";

    /// <summary>The primary's way to the consensus store is cut.</summary>
    public const string CutFromStore = "cut-from-store";

    /// <summary>The way from the standbys to the primary is cut.</summary>
    public const string CutFromStandbys = "cut-from-standbys";

    /// <summary>Nothing that the primary's Patroni sends arrives; what others send to it does.</summary>
    public const string CutOneWay = "cut-one-way";

    /// <summary>The primary is cut from the store and from every member, both ways.</summary>
    public const string IsolatePrimary = "isolate-primary";

    /// <summary>Two of three members of the consensus store are killed.</summary>
    public const string LoseStore = "lose-store";

    /// <summary>The same, and one standby does not answer.</summary>
    public const string LoseStoreAndStandby = "lose-store-and-standby";

    /// <summary>SIGKILL to everything of a synchronous standby's member.</summary>
    public const string KillStandby = "kill-standby";

    /// <summary>SIGSTOP to a standby's WAL receiver.</summary>
    public const string FreezeReceiver = "freeze-receiver";

    /// <summary>A standby's replay is paused.</summary>
    public const string PauseReplay = "pause-replay";

    /// <summary>SIGKILL to the load balancer of the database.</summary>
    public const string KillProxy = "kill-proxy";

    /// <summary>Idle sessions take every connection that clients can have.</summary>
    public const string ExhaustConnections = "exhaust-connections";

    /// <summary>The volume of the primary's WAL is full.</summary>
    public const string FillVolume = "fill-volume";

    /// <summary>Bytes of a page in a standby's table are changed on disk.</summary>
    public const string DamagePage = "damage-page";

    /// <summary>A planned switchover.</summary>
    public const string Switchover = "switchover";

    /// <summary>Every member is restarted, one after another, the primary last after a switchover.</summary>
    public const string RollingRestart = "rolling-restart";

    /// <summary>The primary's container ends with everything in it, for the first time.</summary>
    public const string KillContainer = "kill-container";

    /// <summary>The same, so soon after a crash that the kubelet waits before it starts the container again.</summary>
    public const string KillContainerAgain = "kill-container-again";

    /// <summary>Network policies let nothing to or from the primary's pod.</summary>
    public const string CutNetwork = "cut-network";

    /// <summary>The machine of the primary's node stops.</summary>
    public const string LoseNode = "lose-node";

    /// <summary>The primary's node is drained.</summary>
    public const string DrainNode = "drain-node";

    /// <summary>Every instance gets another request of memory.</summary>
    public const string Resize = "resize";
}
