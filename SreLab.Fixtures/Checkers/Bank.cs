using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>The bank's total is the same in every read on every member: no member ever shows half a transaction, or a mixture of two histories.</summary>
/// <remarks>
/// Method: transfers move money and make none, so one snapshot of all accounts has one total, whichever transfers it contains and whatever
/// became of those that were never answered. Broken by a read with another total or number of accounts, and by one to which the member
/// answers that the table is not there or that its pages are damaged. A member that cannot be reached shows nothing, and breaks nothing.
/// </remarks>
public static class Bank
{
    private const int Shown = 10;

    /// <summary>SQLSTATEs that tell of the member's content: undefined_table, data_corrupted, index_corrupted.</summary>
    private static readonly HashSet<string> Damage = new(StringComparer.Ordinal) { "42P01", "XX001", "XX002" };

    /// <summary>Judges one bank.</summary>
    /// <param name="history">Its transfers and reads; null when none ran.</param>
    /// <param name="faults">What was broken while it ran; at least one, since a bank that nothing disturbed proves nothing of a fault.</param>
    public static Verdict Check(BankHistory? history, IReadOnlyList<FaultWindow> faults)
    {
        if (history is null)
        {
            return Verdict.Unknown("bank unknown: none ran.");
        }

        var record = history.Record;
        var after = string.Join(" and ", faults.Select(f => f.Fault).Take(3));
        var objective = string.Create(CultureInfo.InvariantCulture, $"{record.Total:N0} in every read on every member");
        var wrongs = history.Reads.Where(r => IsWrong(r, record)).OrderBy(r => r.SentMs).ToList();
        var answered = history.Reads.Count(r => r.Total is not null);
        var measured = string.Create(CultureInfo.InvariantCulture, $"{wrongs.Count:N0} wrong of {answered:N0} reads on {record.Members.Count} members");
        if (wrongs.Count > 0)
        {
            return Verdict.Broken($"bank broken in {after}: {Describe(wrongs[0], record)}.", objective, measured, [.. wrongs.Take(Shown).Select(w => Describe(w, record))]);
        }

        var doubts = Doubts(history, faults).ToList();
        return doubts.Count > 0
            ? Verdict.Unknown($"bank unknown in {after}: {doubts[0]}.", objective, details: doubts)
            : Verdict.Holds(
                string.Create(CultureInfo.InvariantCulture, $"all {answered:N0} reads in {after} show {record.Total:N0}, while {Acknowledged(history).Count():N0} transfers were committed."),
                objective,
                measured,
                [.. record.Members.Select(m => Summary(m, history))]);
    }

    /// <summary>Judges the banks of all faults together.</summary>
    public static Verdict CheckAll(IReadOnlyList<FaultHistory> faults) =>
        Verdict.Together([.. faults.Select(f => Check(f.Bank, [FaultWindow.Of(f.Record)]).Under(f.Name))], "bank unknown: no fault was recorded.", () =>
        {
            var banks = faults.Select(f => f.Bank!).ToList();
            var reads = banks.Sum(b => b.Reads.Count(r => r.Total is not null));
            return (
                string.Create(CultureInfo.InvariantCulture, $"all {reads:N0} reads in {faults.Count} faults show {banks[0].Record.Total:N0}, while {banks.Sum(b => Acknowledged(b).Count()):N0} transfers were committed."),
                string.Create(CultureInfo.InvariantCulture, $"0 wrong of {reads:N0} reads"));
        });

    private static bool IsWrong(BankRead read, BankRecord record) =>
        read.Total is null ? read.Error is { } error && Damage.Contains(error) : read.Total != record.Total || read.Accounts != record.Accounts;

    private static IEnumerable<Operation> Acknowledged(BankHistory history) => history.Transfers.Where(t => t.Outcome == Outcome.Acknowledged);

    private static IEnumerable<string> Doubts(BankHistory history, IReadOnlyList<FaultWindow> faults)
    {
        if (history.IsTorn)
        {
            yield return "a history lost its last line";
        }

        if (history.Record.Members.Count == 0)
        {
            yield return "no member was read";
        }

        if (faults.Doubt() is { } doubt)
        {
            yield return doubt;
            yield break;
        }

        if (!Acknowledged(history).Any(t => t.EndedMs < faults.FirstInjectedMs()))
        {
            yield return "no transfer was committed before the fault";
        }

        if (!Acknowledged(history).Any(t => t.SentMs > faults.LastHealedMs()))
        {
            yield return "no transfer was committed after the heal";
        }

        foreach (var member in history.Record.Members.Where(m => !history.Reads.Any(r => r.Member == m && r.Total is not null && r.SentMs > faults.LastHealedMs())))
        {
            yield return $"{member} was never read after the heal";
        }
    }

    private static string Describe(BankRead read, BankRecord record) => read.Total is null
        ? string.Create(CultureInfo.InvariantCulture, $"{read.Member} answered {read.Error} at +{read.SentMs / 1000:0.000} s")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{read.Member} {(read.Timeline is > 0 and var timeline ? $"as primary on timeline {timeline}" : "as standby")} showed {read.Total:N0} on {read.Accounts:N0} accounts at +{read.SentMs / 1000:0.000} s; {record.Total:N0} on {record.Accounts:N0} are expected");

    private static string Summary(string member, BankHistory history)
    {
        var own = history.Reads.Where(r => r.Member == member).ToList();
        var errors = own.Where(r => r.Total is null).GroupBy(r => r.Error ?? "none").OrderByDescending(g => g.Count())
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count():N0} {g.Key}"));
        return string.Create(CultureInfo.InvariantCulture, $"{member}: {own.Count(r => r.Total is not null):N0} reads with the total; without an answer: {string.Join(", ", errors.DefaultIfEmpty("none"))}");
    }
}
