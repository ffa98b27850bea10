using System.Collections.Immutable;
using SreLab.Fixtures.Backups;

namespace SreLab.Fixtures.Evidence;

/// <summary>Backups taken and restored in every way that is promised.</summary>
public sealed record BackupsRecord
{
    /// <summary>Its start; the zero of every time in milliseconds.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long all of it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>How the repository is encrypted, as pgBackRest tells.</summary>
    public required string Cipher { get; init; }

    /// <summary>Backups that were taken, in order.</summary>
    public required IReadOnlyList<TakenRecord> Taken { get; init; }

    /// <summary>Files that were damaged before anything was broken on purpose; empty is the promise.</summary>
    public required IReadOnlyList<string> Damaged { get; init; }

    /// <summary>Whether what was written is in the repository, before the restores.</summary>
    public required ArchiveRecord Archive { get; init; }

    /// <summary>The ledger that ran meanwhile, relative to the run.</summary>
    public required string HistoryFile { get; init; }

    /// <summary>Moments whose content was recorded, to which restores go.</summary>
    public required IReadOnlyList<MomentRecord> Moments { get; init; }

    /// <summary>Restores that had to work.</summary>
    public required IReadOnlyList<RestoreRecord> Restores { get; init; }

    /// <summary>Restores that had to be refused.</summary>
    public required IReadOnlyList<RefusalRecord> Refusals { get; init; }

    /// <summary>The lab before and after all of these restores.</summary>
    public required ApartRecord Apart { get; init; }

    /// <summary>A full disk of the repository; null when it could not be had.</summary>
    public required DiskFullRecord? Disk { get; init; }

    /// <summary>The loss of all members with their data.</summary>
    public required LossRecord? Loss { get; init; }

    /// <summary>What was not carried out, by name, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> NotCarriedOut { get; init; }

    /// <summary>What the target cannot do, by name, with the reason: nobody tried it, and nothing is concluded from that.</summary>
    public IReadOnlyDictionary<string, string> NotOffered { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What happened when.</summary>
    public required IReadOnlyList<EventRecord> Events { get; init; }
}

/// <summary>A backup that was taken.</summary>
/// <param name="Label">Its name in the repository.</param>
/// <param name="Kind">How much it copied.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="IsFromStandby">Whether the primary was spared.</param>
/// <param name="Bytes">Size of the database.</param>
/// <param name="RepositoryBytes">What it added to the repository.</param>
public sealed record TakenRecord(string Label, BackupKind Kind, double Seconds, bool IsFromStandby, long Bytes, long RepositoryBytes)
{
    /// <summary>Name of a kind where a record says that it was not taken.</summary>
    public static string NameOf(BackupKind kind) => $"{kind.ToString().ToLowerInvariant()}-backup";
}

/// <summary>Whether what was written is in the repository.</summary>
/// <param name="Segment">The segment that was ended.</param>
/// <param name="PostgresSaysSo">PostgreSQL counts it as archived.</param>
/// <param name="IsThere">The repository has it.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Missing">Segments that the repository lacks although it has later ones.</param>
public sealed record ArchiveRecord(string Segment, bool PostgresSaysSo, bool IsThere, double Seconds, IReadOnlyList<string> Missing);

/// <summary>What the database held at a moment.</summary>
/// <param name="Name">What came right after it.</param>
/// <param name="AtUtc">By the server's clock, after the content was read and before anything changed it.</param>
/// <param name="AtMs">The same on the clock of the history.</param>
/// <param name="Timeline">Of the primary.</param>
/// <param name="Hashes">Content hash by table; the ledger's tables, which change all the time, are not among them.</param>
public sealed record MomentRecord(string Name, DateTimeOffset AtUtc, double AtMs, int Timeline, IReadOnlyDictionary<string, string> Hashes);

/// <summary>A restore, and what was found in it.</summary>
/// <param name="Name">What it restores.</param>
/// <param name="IsToMoment">Whether it stops at the moment of its name; else it takes everything that was archived.</param>
/// <param name="StartedMs">When the command was given.</param>
/// <param name="Seconds">Until the new cluster accepted its first query; null when it never did.</param>
/// <param name="Error">Why not; null when it did.</param>
/// <param name="Hashes">Content hash by table.</param>
/// <param name="LedgerFile">Ids of the ledger that are in it, relative to the run; null when they could not be read.</param>
/// <param name="Archives">Whether it archives WAL of its own, which would end up between the lab's.</param>
public sealed record RestoreRecord(
    string Name, bool IsToMoment, double StartedMs, double? Seconds, string? Error, IReadOnlyDictionary<string, string> Hashes, string? LedgerFile, bool Archives);

/// <summary>A restore that must not happen.</summary>
/// <param name="Name">Why it must not.</param>
/// <param name="WasRefused">Whether it was.</param>
/// <param name="Said">With which words.</param>
/// <param name="MustSay">What these must contain.</param>
public sealed record RefusalRecord(string Name, bool WasRefused, string Said, IReadOnlyList<string> MustSay)
{
    /// <summary>The moment is before the end of the oldest backup.</summary>
    public const string TooEarly = "too-early";

    /// <summary>The moment is after the last archived commit.</summary>
    public const string TooLate = "too-late";

    /// <summary>A file of the backup is not what its checksum says.</summary>
    public const string DamagedFile = "damaged-file";

    /// <summary>Every one that is to be tried.</summary>
    public static IReadOnlyList<string> All { get; } = [TooEarly, TooLate, DamagedFile];
}

/// <summary>The lab beside which restores ran.</summary>
/// <param name="Before">Its members before.</param>
/// <param name="After">And after.</param>
/// <param name="HashesBefore">Content hash by table before.</param>
/// <param name="HashesAfter">And after.</param>
/// <param name="LeftBehind">Restored clusters that are still there.</param>
public sealed record ApartRecord(
    string Before, string After, IReadOnlyDictionary<string, string> HashesBefore, IReadOnlyDictionary<string, string> HashesAfter, IReadOnlyList<string> LeftBehind);

/// <summary>The repository's disk was full while clients wrote.</summary>
/// <param name="FailedAfterSeconds">From the full disk until PostgreSQL could not archive; null when it always could.</param>
/// <param name="Alert">The alert that must tell.</param>
/// <param name="AlertAfterSeconds">From the full disk until it was delivered; null when it never was.</param>
/// <param name="FullFromMs">When the disk was full.</param>
/// <param name="FullUntilMs">When there was room again.</param>
/// <param name="After">The archive afterwards.</param>
public sealed record DiskFullRecord(double? FailedAfterSeconds, string Alert, double? AlertAfterSeconds, double FullFromMs, double FullUntilMs, ArchiveRecord After);

/// <summary>Every member was lost at once, with its data.</summary>
/// <param name="What">What was killed and removed.</param>
/// <param name="AtMs">When the first member was gone.</param>
/// <param name="GoneMs">When the last one was.</param>
/// <param name="LastArchivedUtc">The last commit that the repository held then.</param>
/// <param name="Restore">The restore of what was archived.</param>
/// <param name="LabBackSeconds">From the loss until the lab was whole again; null when it is not.</param>
/// <param name="LabLedgerFile">Ids of the ledger that the lab holds then, relative to the run.</param>
public sealed record LossRecord(
    string What, double AtMs, double GoneMs, DateTimeOffset LastArchivedUtc, RestoreRecord Restore, double? LabBackSeconds, string? LabLedgerFile);
