using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>PostgreSQL's settings: sized for three servers that share one small machine, and safe: fsync and full_page_writes stay on.</summary>
internal static class PostgresParameters
{
    /// <summary>Bytes of a segment of WAL: a fraction of PostgreSQL's 16 MiB, because the timeout of the archive ends one every few seconds (ADR 0030).</summary>
    /// <remarks>A new one is filled with zeros on every member while commits wait, and what is left of it at its end is streamed to both standbys.</remarks>
    public const ulong SegmentBytes = 4 << 20;

    /// <summary>The same on every member, kept by Patroni in the consensus store.</summary>
    public static Dictionary<string, object?> Shared(LabHome home) => new()
    {
        ["max_connections"] = 100,
        ["superuser_reserved_connections"] = 5,
        ["shared_buffers"] = "512MB",
        ["effective_cache_size"] = "4GB",
        ["work_mem"] = "16MB",
        ["maintenance_work_mem"] = "256MB",

        // Files in the data folder, so that a killed server leaves nothing outside the lab's folder.
        ["dynamic_shared_memory_type"] = "mmap",
        ["wal_level"] = "replica",
        ["wal_log_hints"] = true,
        ["wal_compression"] = true,
        ["wal_buffers"] = "16MB",
        ["min_wal_size"] = "256MB",
        ["max_wal_size"] = "4GB",

        // Enough for a member that was away to catch up or rewind without a new base backup.
        ["wal_keep_size"] = "2GB",
        ["checkpoint_timeout"] = "15min",
        ["checkpoint_completion_target"] = 0.9,
        ["synchronous_commit"] = true,

        // A segment that is not full is archived after this time, so that no more than it is lost with all members.
        ["archive_mode"] = true,
        ["archive_command"] = BackupFiles.ArchiveCommand(home),
        ["archive_timeout"] = "10s",
        ["hot_standby"] = true,
        ["hot_standby_feedback"] = true,
        ["max_wal_senders"] = ConnectionSlots.ForReplication(new LabNetwork(home.Network).Members.Count - 1),
        ["max_replication_slots"] = 10,

        // A dead peer on a live machine is noticed by its closed socket; these bound the rest.
        ["wal_sender_timeout"] = "5s",
        ["wal_receiver_timeout"] = "5s",

        // A promotion, and the other standby's way to the new primary, wait for the rest of one such interval.
        ["wal_retrieve_retry_interval"] = "200ms",
        ["wal_receiver_status_interval"] = "1s",
        ["tcp_keepalives_idle"] = 5,
        ["tcp_keepalives_interval"] = 1,
        ["tcp_keepalives_count"] = 3,
        ["random_page_cost"] = 1.1,
        ["password_encryption"] = "scram-sha-256",
        ["shared_preload_libraries"] = "pg_stat_statements",
        ["pg_stat_statements.track"] = "top",
        ["track_io_timing"] = true,
        ["logging_collector"] = true,
        ["log_destination"] = "stderr",
        ["log_line_prefix"] = "%m [%p] %q%u@%d ",
        ["log_timezone"] = "UTC",
        ["log_checkpoints"] = true,
        ["log_lock_waits"] = true,
        ["log_rotation_age"] = 0,
        ["log_rotation_size"] = "100MB",
        ["timezone"] = "UTC",
        ["ssl"] = true,
        ["ssl_min_protocol_version"] = "TLSv1.2",
    };

    /// <summary>What names a file of one member.</summary>
    public static Dictionary<string, object?> OfMember(LabHome home, Member member) => new()
    {
        ["unix_socket_directories"] = home.MemberSocket(member.Name),
        ["unix_socket_permissions"] = "0700",
        ["ssl_cert_file"] = Path.Combine(home.MemberTls(member.Name), "server.crt"),
        ["ssl_key_file"] = Path.Combine(home.MemberTls(member.Name), "server.key"),
        ["log_directory"] = home.Logs,
        ["log_filename"] = ProgramNames.Postmaster(member) + ".log",
    };
}
