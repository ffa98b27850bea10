using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A machine that was asked whether it can hold the lab; a new run begins with it.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class CheckedMachine(LabFixture lab) : Scenario(lab, Stages.Preflight)
{
    /// <summary>Every requirement, found or missing.</summary>
    public IReadOnlyList<Requirement> Requirements { get; private set; } = [];

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        Fixture.StartNewRun();
        Requirements = await Fixture.Target.CheckAsync(ct);
        Fixture.Run.Write("00-preflight/requirements.json", Requirements);
    }
}
