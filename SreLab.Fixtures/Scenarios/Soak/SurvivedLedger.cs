using System.Globalization;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.Soak;

/// <summary>After the last fault: everything that was acknowledged in any of them is still on every member.</summary>
internal static class SurvivedLedger
{
    private const string Objective = "0 lost, on every member, after the last fault";
    private const int Shown = 5;

    /// <summary>Reads every member's whole ledger and judges it against all histories of the run.</summary>
    public static async Task<Verdict> CheckAsync(FaultScene scene, CancellationToken ct)
    {
        await WholeCluster.WaitAsync(scene.Lab, Bounds.Rejoin, ct).ConfigureAwait(false);
        var found = new Dictionary<string, IReadOnlyCollection<long>>(StringComparer.Ordinal);
        foreach (var member in scene.Lab.Members)
        {
            var path = scene.Store.PathOf($"final/readback-{member.Name}.ids");
            await LedgerTable.ReadBackAllAsync(scene.Lab.ConnectionString(Place.On(member), DatabaseUser.App), scene.Lab.Id, path, ct).ConfigureAwait(false);
            found[member.Name] = FaultHistory.ReadIds(path);
        }

        var acknowledged = FaultHistory.LoadAll(scene.Store).SelectMany(h => h.Operations).Where(o => o.Outcome == Outcome.Acknowledged).Select(o => o.Id);
        return Check(acknowledged, found);
    }

    /// <summary>Judges the ids.</summary>
    /// <param name="acknowledged">Every id that was acknowledged in any fault.</param>
    /// <param name="found">What each member holds.</param>
    internal static Verdict Check(IEnumerable<long> acknowledged, IReadOnlyDictionary<string, IReadOnlyCollection<long>> found)
    {
        var ids = acknowledged.ToHashSet();
        if (ids.Count == 0 || found.Count == 0)
        {
            return Verdict.Unknown("ledger unknown: nothing was acknowledged, or no member was read.", Objective);
        }

        var lost = found.SelectMany(f => ids.Except(f.Value).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id} absent on {f.Key}"))).ToList();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{lost.Count:N0} lost of {ids.Count:N0}");
        return lost.Count == 0
            ? Verdict.Holds(string.Create(CultureInfo.InvariantCulture, $"all {ids.Count:N0} acknowledged writes are on every member after the last fault."), Objective, measured)
            : Verdict.Broken($"ledger broken after the last fault: {measured}.", Objective, measured, [.. lost.Take(Shown)]);
    }
}
