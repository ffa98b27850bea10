using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>How many connections for replication a server must be able to hold: those that it has, and those that wait for it while it stands still.</summary>
/// <remarks>
/// The kernel completes a connection to a stopped PostgreSQL and keeps it in the queue of its listener, whose length is no bound here (the kernel's
/// own limit, 4,096). Whoever connects gives up after a while, comes again, and leaves what it had sent in the queue. Woken, PostgreSQL accepts them
/// all within milliseconds, and each holds a slot until the server has seen that nobody is there any more: more than there are slots are turned away
/// with "number of requested standby connections exceeds max_wal_senders", a standby that is alive and waits at the end of the queue among them.
/// Ordinary clients need no more slots for that: they speak TLS, whose handshake with an abandoned client fails before a slot is taken, and a server
/// turns connections away by their number only beyond twice its slots.
/// </remarks>
internal static class ConnectionSlots
{
    /// <summary>For how long Patroni waits for a connection for replication (its <c>connect_timeout</c>): no sooner does it ask again.</summary>
    public static readonly TimeSpan PatroniPatience = TimeSpan.FromSeconds(3);

    /// <summary>For how long a WAL receiver waits (<c>wal_receiver_timeout</c>).</summary>
    public static readonly TimeSpan ReceiverPatience = TimeSpan.FromSeconds(5);

    /// <summary>A fault is taken back some time after it ends, and a slow machine needs longer for all of it.</summary>
    private const double Margin = 1.5;

    /// <summary>A base backup takes two: one for the files, one for the WAL that is written meanwhile.</summary>
    private const int OfBaseBackup = 2;

    /// <summary>The longest time for which a fault of the catalogue stops the primary's PostgreSQL.</summary>
    public static TimeSpan LongestFreeze { get; } = FaultCatalogue.All.Where(f => f.StopsFencing).Max(f => f.Hold) * Margin;

    /// <summary>Slots for replication.</summary>
    /// <param name="standbys">How many standbys follow one primary.</param>
    public static int ForReplication(int standbys)
    {
        // Patroni of the stopped member asks its own server too, over the socket.
        var byPatroni = (standbys + 1) * Attempts(PatroniPatience);
        var byReceivers = standbys * Attempts(ReceiverPatience);
        return standbys + (standbys * OfBaseBackup) + byPatroni + byReceivers;
    }

    private static int Attempts(TimeSpan patience) => (int)Math.Ceiling(LongestFreeze / patience);
}
