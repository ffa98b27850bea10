using System.Diagnostics;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Plants;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>A database that was filled, counted, compared over its members, and offered the same seed again.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class SeededDatabase(LabFixture lab) : Scenario(lab, Stages.Seed)
{
    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken ct)
    {
        await Fixture.EnsureUpAsync(Stage, ct);
        var lab = Fixture.Lab;
        var started = DateTimeOffset.UtcNow;
        var seeded = await new Seeder().SeedAsync(lab, Fixture.Settings, Fixture.Progress, ct);

        await using var plant = await Fixture.PlantAsync(PlantPoint.AfterSeed, ct);
        Fixture.Progress.Say("counting rows, checking foreign keys, hashing every table on every member");
        var primary = lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin);
        var audit = await SeedAudit.ReadAsync(primary, ct);
        await CaughtUpStandbys.WaitAsync(lab, ct);
        var hashes = await MemberHashes.ReadAsync(lab, ct);

        var clock = Stopwatch.StartNew();
        var again = await new Seeder().SeedAsync(lab, Fixture.Settings, Fixture.Progress, ct);
        var secondSeconds = clock.Elapsed.TotalSeconds;

        Fixture.SetAside(Stages.Seed);
        Fixture.Run.Write(EvidenceFiles.Seed, new SeedRecord
        {
            StartedUtc = started,
            RowsAsked = Fixture.Settings.Rows,
            Seed = Fixture.Settings.Seed,
            WasSeeded = seeded.Kind == SeedKind.AlreadySeeded,
            Phases = seeded.Phases,
            Seconds = seeded.Seconds,
            PeakResidentBytes = seeded.PeakResidentBytes,
            DatabaseBytes = seeded.DatabaseBytes,
            Tables = [.. audit.Tables.Select(t => t with { HashByMember = hashes.GetValueOrDefault(t.Name, new Dictionary<string, string>()) })],
            Members = lab.Members.Count,
            ForeignKeys = audit.ForeignKeys,
            SecondSeconds = secondSeconds,
            SecondSaidUnchanged = again.Kind == SeedKind.AlreadySeeded,
            HashesAfterSecond = await ContentHash.ComputeAsync(primary, ct),
        });
    }
}
