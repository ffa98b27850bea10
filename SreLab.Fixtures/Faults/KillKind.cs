using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Faults;

/// <summary>What of the primary is killed.</summary>
public enum KillKind
{
    /// <summary>PostgreSQL alone; Patroni sees it die and hands over.</summary>
    Postmaster = 0,

    /// <summary>The whole member, as when a machine is lost; the others must wait for its lease to run out.</summary>
    Member = 1,
}

/// <summary>Names of the kinds.</summary>
public static class KillKindNames
{
    /// <summary>The name that records, folders and checkers use.</summary>
    public static string FaultName(this KillKind kind) => kind switch
    {
        KillKind.Postmaster => FaultKinds.KillPostmaster,
        KillKind.Member => FaultKinds.KillMember,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
