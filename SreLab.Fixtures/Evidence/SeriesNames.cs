namespace SreLab.Fixtures.Evidence;

/// <summary>What the series of a <see cref="SeriesRecord"/> are called, whatever their metric's name is.</summary>
public static class SeriesNames
{
    /// <summary>By member: 1 on a primary, 0 on a standby; no point while its PostgreSQL does not answer.</summary>
    public const string IsPrimary = "is-primary";

    /// <summary>By member: seconds that a standby is behind.</summary>
    public const string ReplicationLagSeconds = "replication-lag-seconds";

    /// <summary>Transactions per second over all members, as the servers count them.</summary>
    public const string TransactionsPerSecond = "transactions-per-second";

    /// <summary>By member or host: share of the processors' time that was not idle, 0 to 1.</summary>
    public const string CpuBusyRatio = "cpu-busy-ratio";

    /// <summary>By alertname, alertstate and the alert's own labels: 1 while it is active.</summary>
    public const string Alert = "alert";
}
