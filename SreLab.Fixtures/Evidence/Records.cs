namespace SreLab.Fixtures.Evidence;

/// <summary>What the run ran on and with.</summary>
public sealed record EnvironmentRecord
{
    /// <summary>Distribution and kernel.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Processor model.</summary>
    public required string Processor { get; init; }

    /// <summary>Logical processors that the run may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Version of every program, by name.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>PostgreSQL settings that decide the result (memory, WAL, synchronous replication), by name, with units.</summary>
    public required IReadOnlyDictionary<string, string> PostgresSettings { get; init; }

    /// <summary>Patroni's dynamic settings that decide an outage: ttl, loop_wait, retry_timeout, primary_start_timeout, synchronous_mode.</summary>
    public required IReadOnlyDictionary<string, string> PatroniSettings { get; init; }
}

/// <summary>How the lab came up.</summary>
public sealed record UpRecord
{
    /// <summary>Value in <see cref="RefusedAttempts"/> of an attempt that should have been refused and was not.</summary>
    public const string Accepted = "ACCEPTED";

    /// <summary>Start of the bring-up.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Seconds until every member streamed and every scrape target was up.</summary>
    public required double Seconds { get; init; }

    /// <summary>The lab was up before: <see cref="Seconds"/> is then the time to attach.</summary>
    public required bool WasUp { get; init; }

    /// <summary>Seconds of a second bring-up on the lab that is up.</summary>
    public required double SecondSeconds { get; init; }

    /// <summary>Whether that second bring-up found everything whole.</summary>
    public required bool SecondFoundItWhole { get; init; }

    /// <summary>What was mended.</summary>
    public required IReadOnlyList<string> Repairs { get; init; }

    /// <summary>Members as they were seen at the end.</summary>
    public required IReadOnlyList<MemberRecord> Members { get; init; }

    /// <summary>Scrape targets of Prometheus by job, with their health (<c>up</c>, <c>down</c>, <c>unknown</c>).</summary>
    public required IReadOnlyList<ScrapeTargetRecord> ScrapeTargets { get; init; }

    /// <summary>Listening sockets of the lab's processes that are not on a loopback address; empty is the promise.</summary>
    public required IReadOnlyList<string> ListenersBeyondLoopback { get; init; }

    /// <summary>PostgreSQL settings that the promises of the bring-up need: data_checksums, password_encryption, ssl, synchronous_commit and so on, per member.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Settings { get; init; }

    /// <summary>Settings as clients have them on each member: in a session of theirs, and by role and database where the catalogue has some.</summary>
    public IReadOnlyList<ClientSettingRecord> ClientSettings { get; init; } = [];

    /// <summary>Results of attempts that must be refused: a plain-text connection, a wrong password, by description; the value is the refusal, or <c>ACCEPTED</c>.</summary>
    public required IReadOnlyDictionary<string, string> RefusedAttempts { get; init; }

    /// <summary>How long it took, in words: what a lab costs to bring up is the suite's own affair and no promise.</summary>
    public string DescribeTime()
    {
        var how = WasUp ? "attached to" : Repairs.Count > 0 ? "repaired" : "brought up";
        return FormattableString.Invariant($"{how} in {Seconds:0.0} s, a second bring-up in {SecondSeconds:0.0} s");
    }
}

/// <summary>One setting as one kind of client has it on one member.</summary>
/// <param name="Member">Who was asked.</param>
/// <param name="Client">Which client: a session, or a role with where its setting comes from.</param>
/// <param name="Name">Setting.</param>
/// <param name="Value">Its value.</param>
public sealed record ClientSettingRecord(string Member, string Client, string Name, string Value);

/// <summary>A member as evidence.</summary>
/// <param name="Name">Name.</param>
/// <param name="Address">Host and port.</param>
/// <param name="Role">primary, standby or unknown.</param>
/// <param name="State">Patroni's word.</param>
/// <param name="Timeline">WAL branch.</param>
/// <param name="LagBytes">Bytes behind; null on the primary.</param>
/// <param name="IsSynchronous">Synchronous standby.</param>
public sealed record MemberRecord(string Name, string Address, string Role, string State, int Timeline, long? LagBytes, bool IsSynchronous)
{
    /// <summary>A member's state as evidence.</summary>
    public static MemberRecord From(Cluster.MemberState state) => new(
        state.Member.Name,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{state.Member.Host}:{state.Member.Port}"),
        state.Role.ToString().ToLowerInvariant(),
        state.State,
        state.Timeline,
        state.LagBytes,
        state.IsSynchronous);
}

/// <summary>A scrape target as evidence.</summary>
/// <param name="Job">Prometheus job.</param>
/// <param name="Instance">Address.</param>
/// <param name="Health">up, down or unknown.</param>
public sealed record ScrapeTargetRecord(string Job, string Instance, string Health);

/// <summary>How the database was filled.</summary>
public sealed record SeedRecord
{
    /// <summary>Start of the first seed of this run.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Rows asked for.</summary>
    public required long RowsAsked { get; init; }

    /// <summary>The random seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The database was already filled with these rows and this seed: nothing was loaded, and the phases are those of the run that loaded it.</summary>
    public required bool WasSeeded { get; init; }

    /// <summary>Seconds of every phase in order: schema, load, indexes and keys, analyze, replay on all standbys.</summary>
    public required IReadOnlyList<PhaseRecord> Phases { get; init; }

    /// <summary>Total seconds, the clock stopped when every standby had replayed the last byte.</summary>
    public required double Seconds { get; init; }

    /// <summary>Peak resident memory of the process that seeded, bytes.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>Database size in bytes with indexes.</summary>
    public required long DatabaseBytes { get; init; }

    /// <summary>Every table.</summary>
    public required IReadOnlyList<TableRecord> Tables { get; init; }

    /// <summary>Members that the cluster has; each must have been hashed.</summary>
    public int Members { get; init; } = 3;

    /// <summary>Every foreign key with its count of rows that point nowhere.</summary>
    public required IReadOnlyList<ForeignKeyRecord> ForeignKeys { get; init; }

    /// <summary>Seconds of a second seed on the filled database.</summary>
    public required double SecondSeconds { get; init; }

    /// <summary>Whether the second seed said that there was nothing to do.</summary>
    public required bool SecondSaidUnchanged { get; init; }

    /// <summary>Content hash by table on the primary after the second seed.</summary>
    public required IReadOnlyDictionary<string, string> HashesAfterSecond { get; init; }
}

/// <summary>A phase with its duration.</summary>
/// <param name="Name">Name.</param>
/// <param name="Seconds">Seconds.</param>
public sealed record PhaseRecord(string Name, double Seconds);

/// <summary>A table as evidence.</summary>
/// <param name="Name">Schema-qualified name.</param>
/// <param name="Rows">Rows on the primary.</param>
/// <param name="Bytes">Bytes with indexes and TOAST.</param>
/// <param name="Columns">Column names in order.</param>
/// <param name="HashByMember">Order-independent content hash, by member name.</param>
public sealed record TableRecord(string Name, long Rows, long Bytes, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> HashByMember);

/// <summary>A foreign key as evidence.</summary>
/// <param name="Name">Constraint name.</param>
/// <param name="Definition">From which columns to which table.</param>
/// <param name="Validated">PostgreSQL's own flag.</param>
/// <param name="Orphans">Rows that point nowhere, counted by an anti-join.</param>
public sealed record ForeignKeyRecord(string Name, string Definition, bool Validated, long Orphans);

/// <summary>How the lab ended.</summary>
public sealed record DownRecord
{
    /// <summary>Whether there was something to end.</summary>
    public required bool WasUp { get; init; }

    /// <summary>Seconds until nothing was left.</summary>
    public required double Seconds { get; init; }

    /// <summary>Recorded processes that were alive and were ended.</summary>
    public required int EndedProcesses { get; init; }

    /// <summary>What is still there: processes, listeners, paths; empty is the promise.</summary>
    public required IReadOnlyList<string> Remaining { get; init; }

    /// <summary>Whether a second teardown found nothing to do.</summary>
    public required bool SecondFoundNothing { get; init; }
}
