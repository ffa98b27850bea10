namespace SreLab.Fixtures.Scenarios.Disturbances;

internal static class LeftOvers
{
    internal static Task UndoAsync(SreLab.Fixtures.Targets.ILab lab, SreLab.Fixtures.Lab.IProgressLog progress, CancellationToken ct) => Task.CompletedTask;
}
