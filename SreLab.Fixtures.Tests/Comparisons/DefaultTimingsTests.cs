using FluentAssertions;
using SreLab.Fixtures.Comparisons;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Comparisons;

public sealed class DefaultTimingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-compare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_newest_measure_of_each_kind_counts()
    {
        Write("20260101T000000Z-local", Outage(FaultKinds.KillMember, 31), Outage(FaultKinds.KillPostmaster, 9));
        Write("20260102T000000Z-local", Outage(FaultKinds.KillMember, 33));
        Directory.CreateDirectory(Path.Combine(_folder, "20260103T000000Z-local"));
        File.CreateSymbolicLink(Path.Combine(_folder, "latest"), "20260101T000000Z-local");

        DefaultTimings.Find(_folder)!.Outages.Should().Equal(
            Outage(FaultKinds.KillMember, 33) with { Source = "20260102T000000Z-local" }, Outage(FaultKinds.KillPostmaster, 9) with { Source = "20260101T000000Z-local" });
    }

    [Fact]
    public void Where_nothing_was_compared_nothing_is_found()
    {
        DefaultTimings.Find(_folder).Should().BeNull();
        DefaultTimings.Find(Path.Combine(_folder, "absent")).Should().BeNull();
    }

    [Fact]
    public void Only_outages_are_taken_from_a_comparison()
    {
        var store = new RunStore(_folder);
        var outage = new Comparison("write outage", "s", [20, 22], [30, 34], 0.85, LowerIsBetter: true) { Fault = FaultKinds.KillMember };

        DefaultTimings.Of([new Comparison("seed", "s", [1], [1], 1, LowerIsBetter: true), outage], store).Should().Equal(
            new ComparedOutage(FaultKinds.KillMember, Path.GetFileName(_folder), 2, 21, 32, outage.Word));
    }

    private static ComparedOutage Outage(string kind, double defaults) => new(kind, "", 2, 20, defaults, "reached");

    private void Write(string run, params ComparedOutage[] outages)
    {
        var store = new RunStore(Directory.CreateDirectory(Path.Combine(_folder, run)).FullName);
        store.Write(DefaultTimings.FileName, outages.Select(o => o with { Source = run }).ToList());
    }
}
