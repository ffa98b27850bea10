using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios.Soak;

/// <summary>One fault of a soak.</summary>
/// <param name="Number">1-based; also the repeat, which decides moment and victim together with the seed.</param>
/// <param name="Fault">What is done.</param>
/// <param name="Second">What is done as well, while the first lasts; null for most.</param>
public sealed record SoakStep(int Number, FaultEntry Fault, FaultEntry? Second)
{
    /// <summary>How it reads.</summary>
    public string Name => Second is null ? Fault.Kind : $"{Fault.Kind} with {Second.Kind}";
}

/// <summary>Which faults a soak does, in order: drawn from a seed, so that the same seed gives the same sequence.</summary>
public static class SoakPlan
{
    /// <summary>Every so many faults two fall at once.</summary>
    private const int PairsOneIn = 6;

    /// <summary>What may fall on top of another fault: a second loss that a cluster of three can bear beside any first one.</summary>
    private static readonly string[] Seconds = [FaultKinds.KillProxy, FaultKinds.PauseReplay];

    /// <summary>Draws a sequence.</summary>
    /// <param name="faults">How many, 1 to 10,000.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="only">Kinds to draw from, to carry one out again and again; empty for all that a soak has.</param>
    /// <exception cref="LabException">The number makes no sense, or a soak has no such kind.</exception>
    public static IReadOnlyList<SoakStep> Draw(int faults, int seed, IReadOnlyCollection<string> only)
    {
        if (faults is < 1 or > 10_000)
        {
            throw new LabException(FormattableString.Invariant($"soak refused: FAULTS={faults}; use 1 to 10,000"));
        }

        var random = new Random(seed);
        var pool = FaultCatalogue.All.Where(e => e.IsInSoak && (only.Count == 0 || only.Contains(e.Kind))).ToList();
        if (only.Except(pool.Select(e => e.Kind)).ToList() is { Count: > 0 } unknown)
        {
            throw new LabException(
                $"soak refused: no fault that a soak draws is called {string.Join(", ", unknown)}\n  known        {string.Join(", ", FaultCatalogue.All.Where(e => e.IsInSoak).Select(e => e.Kind))}");
        }

        var steps = new List<SoakStep>();
        for (var number = 1; number <= faults; number++)
        {
            var fault = pool[random.Next(pool.Count)];
            var second = FaultCatalogue.Of(Seconds[random.Next(Seconds.Length)]);
            var isPair = random.Next(PairsOneIn) == 0 && CanHaveSecond(fault, second);
            steps.Add(new SoakStep(number, fault, isPair ? second : null));
        }

        return steps;
    }

    // Where the first one ends or freezes members, a pause of replay would be gone or could not be asked for.
    private static bool CanHaveSecond(FaultEntry fault, FaultEntry second) =>
        fault.Kind != second.Kind && fault.Takeover == Takeover.Forbidden && fault.Writes == WritesDuring.Return && !fault.IsPlanned
        || (second.Kind == FaultKinds.KillProxy && fault.Takeover == Takeover.Required && !fault.IsPlanned);
}
