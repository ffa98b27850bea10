using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Histories;

public sealed class FaultHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-fault-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stored_fault_is_judged_as_it_was()
    {
        var store = await StoreAsync();

        var stored = FaultHistory.LoadAll(store).Should().ContainSingle().Subject;

        stored.Record.Should().BeEquivalentTo(Good.Record);
        Durability.Check(stored, Ledger.Objectives).Should().BeEquivalentTo(Durability.Check(Good, Ledger.Objectives));
        SplitBrain.Check(stored).Kind.Should().Be(VerdictKind.Holds);
        WriteOutage.Measure(stored).Should().Be(WriteOutage.Measure(Good));
    }

    [Fact]
    public async Task A_read_back_that_is_gone_leaves_durability_unknown()
    {
        var store = await StoreAsync();
        File.Delete(store.PathOf("readback-pg-2.ids"));

        Durability.CheckAll(FaultHistory.LoadAll(store), Ledger.Objectives).Summary.Should().Contain("pg-2 was not read back");
    }

    [Fact]
    public async Task A_read_back_that_holds_no_ids_is_corruption()
    {
        var store = await StoreAsync();
        await File.AppendAllTextAsync(store.PathOf("readback-pg-2.ids"), "12x\n", TestContext.Current.CancellationToken);

        var load = () => FaultHistory.LoadAll(store);

        load.Should().Throw<LabException>().Which.Message.Should().StartWith("read-back corrupt: '12x' in readback-pg-2.ids");
    }

    [Fact]
    public void A_run_without_faults_has_none() => FaultHistory.LoadAll(new RunStore(_folder)).Should().BeEmpty();

    private static FaultHistory Good { get; } = Ledger.Good();

    private async Task<RunStore> StoreAsync()
    {
        var store = new RunStore(_folder);
        store.Write($"{EvidenceFiles.Failover}/kill-postmaster-1/{EvidenceFiles.FaultFileName}", Good.Record);
        await using var history = new HistoryWriter<Operation>(store.PathOf(Good.Record.HistoryFile), Good.Header);
        Good.Operations.ToList().ForEach(history.Append);
        await using var probe = new HistoryWriter<ProbeAttempt>(store.PathOf(Good.Record.ProbeFile), Good.Header);
        Good.Probe.ToList().ForEach(probe.Append);
        foreach (var (member, file) in Good.Record.ReadBackFiles)
        {
            await File.WriteAllLinesAsync(store.PathOf(file), Good.ReadBack[member].Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return store;
    }
}
