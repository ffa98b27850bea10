namespace SreLab.Fixtures.Targets.Local;

/// <summary>Queries that the PostgreSQL exporter needs help with.</summary>
internal static class ExporterQueries
{
    /// <summary>The file for <c>--extend.query-path</c>.</summary>
    /// <remarks>
    /// Exporter 0.11 has no replication lag of its own; later ones read a cut stream as lag 0. Here the time counts only
    /// while the standby has something to replay or no receiver, so an idle primary is no lag and a cut stream is one.
    /// The bytes are told by the primary, and by the standby for what it has received and not replayed.
    /// </remarks>
    public const string Text =
        """
        lab_replication:
          query: |
            SELECT
              pg_is_in_recovery()::int AS is_standby,
              CASE WHEN pg_is_in_recovery() THEN (SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming') ELSE 0 END AS receivers,
              CASE
                WHEN NOT pg_is_in_recovery() THEN 0
                WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
                  AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming') THEN 0
                ELSE greatest(0, extract(epoch FROM clock_timestamp() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())))
              END AS lag_seconds,
              CASE WHEN pg_is_in_recovery() THEN coalesce(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0) ELSE 0 END AS replay_lag_bytes
          metrics:
            - is_standby:
                usage: "GAUGE"
                description: "1 on a standby, 0 on the primary"
            - receivers:
                usage: "GAUGE"
                description: "WAL receivers that stream, on a standby"
            - lag_seconds:
                usage: "GAUGE"
                description: "Seconds behind, on a standby; 0 when everything received is replayed and the stream is up"
            - replay_lag_bytes:
                usage: "GAUGE"
                description: "Bytes received and not yet replayed, on a standby"
        lab_standby:
          query: |
            SELECT application_name AS standby, (sync_state IN ('sync', 'quorum'))::int AS synchronous,
              pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS lag_bytes
            FROM pg_stat_replication WHERE NOT pg_is_in_recovery() AND state = 'streaming'
          metrics:
            - standby:
                usage: "LABEL"
                description: "The standby that streams from here"
            - synchronous:
                usage: "GAUGE"
                description: "1 when commits wait for it"
            - lag_bytes:
                usage: "GAUGE"
                description: "Bytes of WAL it has not replayed"

        """;
}
