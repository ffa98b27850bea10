using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>workload-contract: endpoints answer as <c>workloads/README.md</c> says, and pages give every unpaid invoice once.</summary>
public static class WorkloadContract
{
    /// <summary>Name of its probe.</summary>
    public const string Probe = "contract";

    private const int LeastExchanges = 15;

    /// <summary>Judges one battery.</summary>
    public static Verdict Check(BatteryRecord? battery)
    {
        const string Objective = "as documented";
        if (BatteryPart.Missing(battery, Probe, battery?.Contract, Objective) is { } missing)
        {
            return missing;
        }

        var contract = battery!.Contract!;
        List<string> wrongs =
        [
            .. contract.Exchanges.Select(Wrong).OfType<string>(),
            .. Wrongs(contract.Paging),
            .. contract.MissingRoutes.Select(r => $"the OpenAPI document lacks {r}"),
        ];
        List<string> doubts = [];
        if (contract.Exchanges.Count < LeastExchanges)
        {
            doubts.Add(Invariant($"only {contract.Exchanges.Count} questions were asked; {LeastExchanges} are needed"));
        }

        if (contract.Paging.Listed == 0)
        {
            doubts.Add("no unpaid invoice was listed, so paging was not seen");
        }

        return BatteryPart.Judge(
            "every endpoint answers as documented",
            Objective,
            Invariant($"{contract.Exchanges.Count} questions, {contract.Paging.Listed:N0} invoices in {contract.Paging.Pages} pages"),
            wrongs,
            doubts);
    }

    private static string? Wrong(ExchangeRecord e) =>
        e.Status is null ? $"{e.Request}: no answer, {e.Error}"
        : e.Status != e.ExpectedStatus ? Invariant($"{e.Request}: {e.Status}, expected {e.ExpectedStatus}")
        : e.ExpectedType.Length > 0 && e.Type != e.ExpectedType ? $"{e.Request}: {e.Type}, expected {e.ExpectedType}"
        : e.Missing.Count > 0 ? $"{e.Request}: without {string.Join(", ", e.Missing)}"
        : null;

    private static IEnumerable<string> Wrongs(PagingRecord paging)
    {
        if (paging.Error is { } error)
        {
            yield return $"paging broke off: {error}";
        }

        if (paging.LargestPage > paging.Limit)
        {
            yield return Invariant($"a page has {paging.LargestPage} invoices, the limit was {paging.Limit}");
        }

        if (paging.Repeated + paging.Missing + paging.Unexpected > 0)
        {
            yield return Invariant($"of the unpaid invoices {paging.Repeated} came twice, {paging.Missing} never; {paging.Unexpected} others came");
        }
    }
}
