using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bank;
using SreLab.Fixtures.Workloads.Staleness;

namespace SreLab.Fixtures.Scenarios.Companions;

/// <summary>Everything that is watched beside the ledger and the probe: the bank, the heartbeat, and what members log.</summary>
/// <remarks>Stop it with the ledger, before members are read back and hashed.</remarks>
internal sealed class CompanionLoads : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> _members;
    private readonly HistoryClock _clock;
    private readonly RunStore _store;
    private readonly string _folder;
    private readonly LogCapture _logs;
    private readonly BankWorkload _bank;
    private readonly HeartbeatWorkload _heartbeat;

    private CompanionLoads(
        IReadOnlyDictionary<string, string> members, HistoryClock clock, RunStore store, string folder, LogCapture logs, BankWorkload bank, HeartbeatWorkload heartbeat)
    {
        _members = members;
        _clock = clock;
        _store = store;
        _folder = folder;
        _logs = logs;
        _bank = bank;
        _heartbeat = heartbeat;
    }

    /// <summary>Starts them; their records and histories go to the experiment's folder.</summary>
    /// <exception cref="LabException">A member does not have the tables in time.</exception>
    public static async Task<CompanionLoads> StartAsync(ILab lab, int seed, HistoryClock clock, RunStore store, string folder, CancellationToken ct)
    {
        var logs = new LogCapture(lab.ServerLogs);
        var readWrite = lab.ConnectionString(Place.ReadWrite, DatabaseUser.App);
        var members = lab.Members.ToDictionary(m => m.Name, m => lab.ConnectionString(Place.On(m), DatabaseUser.App));

        // Members may share an address, and then it names none of them.
        var names = lab.Members.GroupBy(m => m.Host).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Name);
        var bank = await BankWorkload.StartAsync(readWrite, members, new BankOptions { Seed = seed }, clock, store, folder, ct).ConfigureAwait(false);
        try
        {
            var heartbeat = await HeartbeatWorkload.StartAsync(
                readWrite, lab.ConnectionString(Place.ReadOnly, DatabaseUser.App), members, names, new HeartbeatOptions(), clock, store, folder, ct).ConfigureAwait(false);
            return new CompanionLoads(members, clock, store, folder, logs, bank, heartbeat);
        }
        catch
        {
            await bank.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends them; every outcome is on the disk afterwards.</summary>
    public async Task StopAsync()
    {
        await _bank.StopAsync().ConfigureAwait(false);
        await _heartbeat.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Marks the end of every member's log, and copies what was logged since the start. Call it with all members whole; the newest copy counts.</summary>
    public async Task<MemberLogsRecord> SaveLogsAsync()
    {
        var mark = $"srelab mark {Guid.NewGuid():N}";
        await Task.WhenAll(_members.Values.Select(m => LogMark.WriteAsync(m, mark))).ConfigureAwait(false);
        return await _logs.SaveAsync(_store, _folder, _clock.StartedUtc, mark).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _bank.DisposeAsync().ConfigureAwait(false);
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
    }
}
