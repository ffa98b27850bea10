using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Histories;

/// <summary>Backups and restores with the ledger that ran meanwhile: what the checkers judge.</summary>
/// <param name="Record">What was done.</param>
/// <param name="Operations">Every write of the ledger with its outcome.</param>
/// <param name="Restored">Ids that were found, by ledger file; one that could not be read is absent.</param>
/// <param name="IsTorn">The history lost its last line: at least one outcome is missing.</param>
public sealed record BackupHistory(
    BackupsRecord Record, IReadOnlyList<Operation> Operations, IReadOnlyDictionary<string, IReadOnlyList<long>> Restored, bool IsTorn)
{
    /// <summary>Reads the raw evidence.</summary>
    /// <exception cref="Lab.LabException">The history is missing or corrupt, or a read-back holds something that is no id.</exception>
    public static BackupHistory Load(RunStore store, BackupsRecord record)
    {
        var ledger = HistoryReader.Read<Operation>(store.PathOf(record.HistoryFile));
        string?[] files = [.. record.Restores.Select(r => r.LedgerFile), record.Loss?.Restore.LedgerFile, record.Loss?.LabLedgerFile];
        var restored = files.OfType<string>().Where(f => File.Exists(store.PathOf(f)))
            .ToDictionary(f => f, f => (IReadOnlyList<long>)FaultHistory.ReadIds(store.PathOf(f)), StringComparer.Ordinal);
        return new BackupHistory(record, ledger.Rows, restored, ledger.IsTorn);
    }
}
