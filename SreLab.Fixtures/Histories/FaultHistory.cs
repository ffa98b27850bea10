using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Workloads.Bank;
using SreLab.Fixtures.Workloads.Ledger;
using SreLab.Fixtures.Workloads.Staleness;

namespace SreLab.Fixtures.Histories;

/// <summary>Everything that is known about one fault: what checkers judge.</summary>
/// <param name="Record">The fault itself.</param>
/// <param name="Header">Schedule and deadline of the ledger.</param>
/// <param name="Operations">Every write of the ledger with its outcome.</param>
/// <param name="Probe">Every attempt of the two-primaries probe.</param>
/// <param name="ReadBack">Ids found on each member after the heal, by member; a member that could not be read is absent.</param>
/// <param name="IsTorn">A history lost its last line: at least one outcome is missing.</param>
public sealed record FaultHistory(
    FaultRecord Record,
    HistoryHeader Header,
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<ProbeAttempt> Probe,
    IReadOnlyDictionary<string, IReadOnlyList<long>> ReadBack,
    bool IsTorn)
{
    /// <summary>The bank that ran beside it; null when none did.</summary>
    public BankHistory? Bank { get; init; }

    /// <summary>The heartbeat that ran beside it; null when none did.</summary>
    public HeartbeatHistory? Heartbeat { get; init; }

    /// <summary>What members' servers logged meanwhile; null when nothing was captured.</summary>
    public LogHistory? Logs { get; init; }

    /// <summary>Where what the programs around PostgreSQL logged meanwhile lies; null when nothing was captured.</summary>
    public ProgramLogsRecord? ProgramLogs { get; init; }

    /// <summary>Tables that clients wrote and were told so: they must be on every member, not only alike on those that have them.</summary>
    public IReadOnlyCollection<string> Written =>
    [
        .. IsAcknowledged(Operations) ? [LedgerTable.Name] : Array.Empty<string>(),
        .. Bank is { } bank && IsAcknowledged(bank.Transfers) ? [BankTable.Name] : Array.Empty<string>(),
        .. Heartbeat is { } heartbeat && IsAcknowledged(heartbeat.Beats) ? [HeartbeatTable.Name] : Array.Empty<string>(),
    ];

    /// <summary>Why it proves nothing: it was to hit the primary, and hit another; null when it did not miss.</summary>
    public string? Missed => FaultCatalogue.Find(Record.Kind) is { HitsPrimary: true } && Record.Victim.Length > 0 && Record.Victim != Record.OldPrimary
        ? $"{Name} hit {Record.Victim}, while {Record.OldPrimary} led"
        : null;

    /// <summary>How the fault reads in a verdict, for example <c>kill-member 2</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Record.Kind} {Record.Repeat}");

    /// <summary>Reads the raw evidence of a fault.</summary>
    /// <param name="store">The run.</param>
    /// <param name="record">The fault.</param>
    /// <exception cref="LabException">A history is missing or corrupt, or a read-back holds something that is no id.</exception>
    public static FaultHistory Load(RunStore store, FaultRecord record)
    {
        var ledger = HistoryReader.Read<Operation>(store.PathOf(record.HistoryFile));
        var probe = HistoryReader.Read<ProbeAttempt>(store.PathOf(record.ProbeFile));
        var readBack = record.ReadBackFiles
            .Where(f => File.Exists(store.PathOf(f.Value)))
            .ToDictionary(f => f.Key, f => (IReadOnlyList<long>)ReadIds(store.PathOf(f.Value)), StringComparer.Ordinal);
        return new FaultHistory(record, ledger.Header, ledger.Rows, probe.Rows, readBack, ledger.IsTorn || probe.IsTorn)
        {
            Bank = BankHistory.TryLoad(store, EvidenceFiles.FolderOf(record)),
            Heartbeat = HeartbeatHistory.TryLoad(store, EvidenceFiles.FolderOf(record)),
            Logs = LogHistory.TryLoad(store, EvidenceFiles.FolderOf(record)),
            ProgramLogs = store.TryRead<ProgramLogsRecord>($"{EvidenceFiles.FolderOf(record)}/{EvidenceFiles.ProgramLogsFileName}"),
        };
    }

    /// <summary>Reads every fault that a run recorded, in order of kind and repeat.</summary>
    /// <param name="store">The run.</param>
    /// <exception cref="LabException">A record or a history is damaged.</exception>
    public static IReadOnlyList<FaultHistory> LoadAll(RunStore store)
    {
        return [.. EvidenceFiles.FaultsOf(store)
            .Select(store.TryRead<FaultRecord>)
            .OfType<FaultRecord>()
            .OrderBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Repeat)
            .Select(r => Load(store, r))];
    }

    private static bool IsAcknowledged(IEnumerable<Operation> operations) => operations.Any(o => o.Outcome == Outcome.Acknowledged);

    internal static List<long> ReadIds(string path)
    {
        var ids = new List<long>();
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0))
        {
            if (!long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                throw new LabException($"read-back corrupt: '{line}' in {Path.GetFileName(path)} is not an id.\n  file         {path}\n  repeat       make failover");
            }

            ids.Add(id);
        }

        return ids;
    }
}
