using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
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
    private readonly (LogCapture Servers, ProgramLogCapture Programs) _logs;
    private readonly BankWorkload _bank;
    private readonly HeartbeatWorkload _heartbeat;
    private bool _isMarked;

    private CompanionLoads(
        IReadOnlyDictionary<string, string> members,
        HistoryClock clock,
        RunStore store,
        string folder,
        (LogCapture Servers, ProgramLogCapture Programs) logs,
        BankWorkload bank,
        HeartbeatWorkload heartbeat)
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
        var logs = (new LogCapture(lab.ServerLogs), new ProgramLogCapture(lab.ProgramLogs, new SecretFilter(lab.SecretValues)));
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

    /// <summary>
    /// Waits until each of them was answered on a question that was asked after a moment: before a fault, so that what it changes can be seen, and
    /// after the heal, so that its end can. How soon that is depends on the machine.
    /// </summary>
    /// <exception cref="LabException">One was not within the bound.</exception>
    public Task WaitUntilAnsweredAsync(double afterMs, CancellationToken ct) => Wait.UntilAsync(
        Bounds.LoadsAnswered,
        "an answer to every load beside the ledger",
        _ =>
        {
            List<string> missing =
            [
                .. _heartbeat.LastBeatMs > afterMs ? Array.Empty<string>() : ["heartbeat"],
                .. _members.Count == 1 || _heartbeat.LastStandbyReadMs > afterMs ? Array.Empty<string>() : ["read on a standby"],
                .. _bank.LastTransferMs > afterMs ? Array.Empty<string>() : ["transfer"],
                .. _members.Keys.Where(m => _bank.LastReadMs(m) <= afterMs).Select(m => $"read on {m}"),
            ];
            return Task.FromResult((missing.Count == 0 ? "answered" : null, $"not answered yet: {string.Join(", ", missing)}"));
        },
        TimeSpan.FromMilliseconds(20),
        ct);

    /// <summary>The same after the heal, where it is no failure: the judges of these loads say what is missing, and what the ledger showed is evidence.</summary>
    public async Task SeeTheEndAsync(double healedMs, ExperimentLog log, CancellationToken ct)
    {
        try
        {
            await WaitUntilAnsweredAsync(healedMs, ct).ConfigureAwait(false);
        }
        catch (LabException e)
        {
            log.Event(e.Message.Split('\n')[0]);
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
        var record = await _logs.Servers.SaveAsync(_store, _folder, _clock.StartedUtc, mark).ConfigureAwait(false);
        _isMarked = true;
        return record;
    }

    /// <summary>
    /// Copies what the programs around PostgreSQL logged since the start, and what members did where an experiment ended before its time: what went
    /// wrong stands there, and whoever comes to read it has no lab any more.
    /// </summary>
    public async Task KeepLogsAsync(ExperimentLog log)
    {
        try
        {
            await _logs.Programs.SaveAsync(_store, _folder, _clock.StartedUtc).ConfigureAwait(false);
            if (!_isMarked)
            {
                await _logs.Servers.SaveAsync(_store, _folder, _clock.StartedUtc, mark: null).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is LabException or IOException)
        {
            // It is said, and hides no other failure.
            log.Event($"logs not kept: {e.Message.Split('\n')[0]}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _bank.DisposeAsync().ConfigureAwait(false);
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
    }
}
