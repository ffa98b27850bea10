using System.Diagnostics;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A lab that was brought up, brought up once more, and looked at from every side.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class BroughtUpLab(LabFixture lab) : Scenario(lab, Stages.Up)
{
    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        var started = DateTimeOffset.UtcNow;
        var first = await Fixture.UpAsync(ct);

        var clock = Stopwatch.StartNew();
        var second = await Fixture.UpAsync(ct);
        var secondSeconds = clock.Elapsed.TotalSeconds;

        await using var plant = await Fixture.PlantAsync(PlantPoint.AfterUp, ct);
        var state = await second.Lab.GetClusterStateAsync(ct);

        var settings = await SafetySettings.ReadAsync(second.Lab, ct);

        // The run is the lab's: when the lab was up already, its bring-up is the one recorded when it came up.
        var earlier = first.WasUp ? Fixture.Run.TryRead<UpRecord>(EvidenceFiles.Up) : null;
        Fixture.SetAside(Stages.Up);
        var record = new UpRecord
        {
            StartedUtc = earlier?.StartedUtc ?? started,
            Seconds = earlier?.Seconds ?? first.Elapsed.TotalSeconds,
            WasUp = earlier?.WasUp ?? first.WasUp,
            Repairs = earlier?.Repairs ?? first.Repairs,
            SecondSeconds = secondSeconds,
            SecondFoundItWhole = second.WasUp && second.Repairs.Count == 0,
            Members = [.. state.Members.Select(MemberRecord.From)],
            ScrapeTargets = await second.Lab.GetScrapeTargetsAsync(ct),
            ListenersBeyondLoopback = second.Lab.ListenersBeyondLoopback(),
            Settings = settings.OfServers,
            ClientSettings = settings.OfClients,
            RefusedAttempts = await ForbiddenConnections.TryAsync(second.Lab, ct),
        };
        Fixture.Run.Write(EvidenceFiles.Up, record);
        Fixture.Progress.Say($"cluster: {state.Describe()}");
        Fixture.Progress.Say($"lab: {record.DescribeTime()}");
    }
}
