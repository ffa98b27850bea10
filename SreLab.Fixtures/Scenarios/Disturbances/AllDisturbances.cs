namespace SreLab.Fixtures.Scenarios.Disturbances;

internal static class AllDisturbances
{
    internal static IReadOnlyList<IReadOnlyList<Func<Disturbance>>> Waves { get; } = [];
}
