using System.Diagnostics;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A lab that was taken down, and asked once more whether there is something to take down.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class EndedLab(LabFixture lab) : Scenario(lab, Stages.Down)
{
    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.FindRunAsync(ct);
        var clock = Stopwatch.StartNew();
        var first = await Fixture.DownAsync(ct);
        var seconds = clock.Elapsed.TotalSeconds;
        var second = await Fixture.DownAsync(ct);

        Fixture.SetAside(Stages.Down);
        Fixture.Run.Write(EvidenceFiles.Down, new DownRecord
        {
            WasUp = first.WasUp,
            Seconds = seconds,
            EndedProcesses = first.EndedProcesses,
            Remaining = [.. first.RemainingProcesses, .. first.RemainingListeners, .. first.RemainingPaths],
            SecondFoundNothing = !second.WasUp,
        });
    }
}
