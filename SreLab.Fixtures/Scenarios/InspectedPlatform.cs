using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Seeding;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A platform that was looked at, asked, updated and loaded: placement, storage, ways in, who is kept out, what scales, what drifted.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class InspectedPlatform(LabFixture lab) : Scenario(lab, Stages.Platform)
{
    private PlatformRecord? _record;

    /// <summary>Why this platform holds nothing to judge for a promise; null when it does.</summary>
    public string? WhyAbsent(Promise promise) => _record?.Absent.GetValueOrDefault(promise.Id);

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        var platform = Fixture.Lab.Platform ?? throw new LabException($"the lab of TARGET={Fixture.Settings.Target} has no platform that could be asked.\n  fix          repeat with TARGET=existing or TARGET=k3s");

        // The services are ready only on a database that is filled.
        await new Seeder().SeedAsync(Fixture.Lab, Fixture.Settings, Fixture.Progress, ct);
        Fixture.SetAside(Stages.Platform);
        _record = await platform.InspectAsync(Fixture.Progress, ct);
        Fixture.Run.Write(EvidenceFiles.Platform, _record);
    }
}
