using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Diagnosis;

namespace SreLab.Fixtures.Checkers;

/// <summary>When a message of severity FATAL is part of the course of things.</summary>
internal enum FatalWhen
{
    /// <summary>While something is broken.</summary>
    Inside = 0,

    /// <summary>From the first fault on: members restart, and clients come back before servers do.</summary>
    FromFault = 1,

    /// <summary>At any time: it is the client's or the administrator's doing.</summary>
    Always = 2,
}

/// <summary>Messages of PostgreSQL by what they mean. Fragments of its source, in English, which the lab's servers speak.</summary>
/// <remarks>
/// Those of FATAL were collected from kills of a postmaster and of a member, and completed from the sources named beside them. Left out on
/// purpose, because they are how the end of WAL is found: "invalid record length", "unexpected pageaddr", "incorrect resource manager data checksum".
/// </remarks>
internal static partial class LogKinds
{
    private static readonly (string Fragment, FatalWhen When)[] Fatals =
    [
        // postmaster.c, canAcceptConnections: clients come while a server starts, stops or recovers.
        ("the database system is starting up", FatalWhen.FromFault),
        ("the database system is shutting down", FatalWhen.FromFault),
        ("the database system is not yet accepting connections", FatalWhen.FromFault),
        ("the database system is not accepting connections", FatalWhen.Inside),
        ("the database system is in recovery mode", FatalWhen.Inside),

        // postgres.c, ProcessInterrupts: somebody with the right to do so ended a session, or its client is gone.
        ("terminating connection due to administrator command", FatalWhen.Always),
        ("connection to client lost", FatalWhen.Always),
        ("terminating connection due to conflict with recovery", FatalWhen.Inside),
        ("canceling authentication due to timeout", FatalWhen.Inside),
        ("terminating connection due to unexpected postmaster exit", FatalWhen.Inside),
        ("postmaster exited during a parallel transaction", FatalWhen.Inside),
        ("terminating background worker", FatalWhen.Inside),
        ("terminating autovacuum process due to administrator command", FatalWhen.Inside),

        // pgarch.c, shell_archive.c: a shutdown takes the archiver's command with it, and a shell tells of the signal by 128 and its number.
        ("archive command was terminated by signal 2", FatalWhen.Inside),
        ("archive command was terminated by signal 3", FatalWhen.Inside),
        ("archive command was terminated by signal 9", FatalWhen.Inside),
        ("archive command was terminated by signal 15", FatalWhen.Inside),
        ("archive command failed with exit code 130", FatalWhen.Inside),
        ("archive command failed with exit code 131", FatalWhen.Inside),
        ("archive command failed with exit code 137", FatalWhen.Inside),
        ("archive command failed with exit code 143", FatalWhen.Inside),

        // proc.c and postinit.c: more clients than slots.
        ("sorry, too many clients already", FatalWhen.Always),
        ("remaining connection slots are reserved", FatalWhen.Always),

        // proc.c, InitProcess: whoever waited for a server that stood still comes in at once when it wakes, the abandoned ones too.
        ("number of requested standby connections exceeds max_wal_senders", FatalWhen.Inside),

        // walreceiver.c and libpqwalreceiver.c: the primary is gone, or is not the one any more.
        ("terminating walreceiver", FatalWhen.Inside),
        ("could not connect to the primary server", FatalWhen.Inside),
        ("could not receive data from WAL stream", FatalWhen.Inside),
        ("could not send data to WAL stream", FatalWhen.Inside),
        ("could not send end-of-streaming message to primary", FatalWhen.Inside),
        ("could not receive database system identifier and timeline ID", FatalWhen.Inside),
        ("could not start WAL streaming", FatalWhen.Inside),
        ("error reading result of streaming command", FatalWhen.Inside),
        ("unexpected result after CommandComplete", FatalWhen.Inside),
        ("error while shutting down streaming COPY", FatalWhen.Inside),
        ("cannot continue WAL streaming, recovery has already ended", FatalWhen.Inside),
        ("could not receive timeline history file", FatalWhen.Inside),
        ("is behind recovery timeline", FatalWhen.Inside),

        // xlogrecovery.c: an old primary was started as it was, before it is rewound.
        ("is not a child of this server's history", FatalWhen.Inside),
        ("does not contain minimum recovery point", FatalWhen.Inside),

        // miscinit.c, sysv_shmem.c: two starts of one server met, and the second gave way; or what a killed postmaster left has not ended yet.
        ("lock file \"postmaster.pid\" already exists", FatalWhen.Inside),
        ("pre-existing shared memory block", FatalWhen.Inside),
    ];

    private static readonly string[] Corruptions =
    [
        // bufmgr.c, bufpage.c, md.c: a page that is not what was written, or not there.
        "invalid page in block", "page verification failed", "could not read block", "previous segment is only", "unexpected data beyond EOF",
        "could not open file \"base/", "could not open file \"global/",

        // heapam, detoast.c, toast_compression.c: a row that does not hang together.
        "missing chunk number", "unexpected chunk number", "unexpected chunk size", "compressed pglz data is corrupt", "compressed lz4 data is corrupt",
        "corrupted line pointer", "corrupted page pointers", "corrupted item lengths", "invalid memory alloc request size",

        // slru.c, heapam.c: a transaction that nobody knows.
        "could not access status of transaction", "from before relfrozenxid", "from before relminmxid",

        // nbtree: an index that does not hang together.
        "contains unexpected zero page", "contains corrupted page", "failed to re-find parent",

        // xlogutils.c, xlogrecovery.c, controldata_utils.c: no way to recover from what is there.
        "WAL contains references to invalid pages", "could not locate a valid checkpoint record", "could not locate required checkpoint record",
        "could not find redo location", "incorrect checksum in control file", "calculated CRC checksum does not match value stored in file",
    ];

    /// <summary>When a FATAL of this text is part of the course of things; null when never.</summary>
    public static FatalWhen? WhenFatal(string message) =>
        Fatals.FirstOrDefault(f => message.Contains(f.Fragment, StringComparison.Ordinal)) is { Fragment: not null } kind ? kind.When : null;

    /// <summary>The kind of a FATAL for a count; the whole message when it is of none.</summary>
    public static string FatalKind(string message) =>
        Fatals.FirstOrDefault(f => message.Contains(f.Fragment, StringComparison.Ordinal)).Fragment ?? message;

    /// <summary>Whether a message says that data is damaged: by its text, or by data_corrupted or index_corrupted in the prefix.</summary>
    public static bool IsCorruption(ServerLogLine line) =>
        line.Severity is "PANIC" or "FATAL" or "ERROR" or "WARNING" or "LOG"
        && (Corruptions.Any(c => line.Message.Contains(c, StringComparison.Ordinal))
            || line.Prefix.Contains("XX001", StringComparison.Ordinal) || line.Prefix.Contains("XX002", StringComparison.Ordinal));

    /// <summary>The signal that ended a process of the server, as its postmaster tells it (postmaster.c, LogChildExit); null when the message tells of none.</summary>
    public static int? CrashSignal(ServerLogLine line) =>
        line.Severity == "LOG" && Crash().Match(line.Message) is { Success: true } match ? int.Parse(match.Groups["signal"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\(PID \d+\) was terminated by signal (?<signal>\d+)")]
    private static partial Regex Crash();

    /// <summary>Whether a message says that a server begins to run (postmaster.c, from PostgreSQL 12 on).</summary>
    public static bool IsStart(ServerLogLine line) => line.Severity == "LOG" && line.Message.StartsWith("starting PostgreSQL", StringComparison.Ordinal);
}
