namespace SreLab.Fixtures.Histories;

/// <summary>The faults by the name that records and folders carry.</summary>
public static class FaultKinds
{
    /// <summary>SIGKILL to the primary's postmaster: its Patroni lives and can give the lease away at once.</summary>
    public const string KillPostmaster = "kill-postmaster";

    /// <summary>SIGKILL to everything of the primary's member, as when a machine is lost: the lease must run out.</summary>
    public const string KillMember = "kill-member";
}
