using System.Collections.Concurrent;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Companions;

namespace SreLab.Fixtures.Workloads.Bank;

/// <summary>Transfers between accounts through the read-write endpoint, and a reader for each member that looks at all accounts at once.</summary>
/// <remarks>
/// A transfer moves money and makes none, so every snapshot of every member has the same total, whatever became of a transfer that was never
/// answered. Half a transaction, a torn replay or a member that mixes two histories shows as another total. The idea is Jepsen's bank test.
/// </remarks>
public sealed class BankWorkload : IAsyncDisposable
{
    private const string ApplicationName = "srelab-bank";

    private readonly BankOptions _options;
    private readonly HistoryClock _clock;
    private readonly HistoryWriter<Operation> _transfers;
    private readonly HistoryWriter<BankRead> _reads;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;
    private readonly ConcurrentDictionary<string, double> _lastReadMs = new(StringComparer.Ordinal);
    private long _lastId;
    private long _acknowledged;
    private double _lastTransferMs = double.NegativeInfinity;
    private bool _stopped;

    private BankWorkload(string readWrite, IReadOnlyDictionary<string, string> members, BankOptions options, HistoryClock clock, RunStore store, BankRecord record)
    {
        _options = options;
        _clock = clock;
        Record = record;
        var patienceMs = options.Patience.TotalMilliseconds;
        _transfers = new HistoryWriter<Operation>(
            store.PathOf(record.TransfersFile), new HistoryHeader(clock.StartedUtc, options.Clients, options.RatePerSecond, patienceMs));
        _reads = new HistoryWriter<BankRead>(
            store.PathOf(record.ReadsFile), new HistoryHeader(clock.StartedUtc, members.Count, members.Count / options.ReadPeriod.TotalSeconds, patienceMs));
        var startMs = clock.NowMs;
        _loops = Task.WhenAll(
        [
            .. Enumerable.Range(0, options.Clients).Select(client => Task.Run(() => TransferAsync(readWrite, client, startMs))),
            .. members.Select(m => Task.Run(() => ReadAsync(m.Key, m.Value, startMs))),
        ]);
    }

    /// <summary>What was opened, and where the histories are.</summary>
    public BankRecord Record { get; }

    /// <summary>Transfers acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>When the newest transfer that was acknowledged was sent; before all time while none was.</summary>
    public double LastTransferMs => Volatile.Read(ref _lastTransferMs);

    /// <summary>When the newest read that a member answered was sent; before all time while it answered none.</summary>
    public double LastReadMs(string member) => _lastReadMs.GetValueOrDefault(member, double.NegativeInfinity);

    /// <summary>Opens all accounts anew, waits until every member has them, and starts clients and readers.</summary>
    /// <param name="readWrite">Connection string to the read-write endpoint, as the schema's owner.</param>
    /// <param name="members">Connection strings to each member itself, by member name.</param>
    /// <param name="options">Accounts, clients, rate.</param>
    /// <param name="clock">The experiment's clock.</param>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <param name="ct">Cancels the opening.</param>
    /// <exception cref="Lab.LabException">A member does not have the accounts in time.</exception>
    public static async Task<BankWorkload> StartAsync(
        string readWrite, IReadOnlyDictionary<string, string> members, BankOptions options, HistoryClock clock, RunStore store, string folder, CancellationToken ct)
    {
        await CompanionTable.CreateAnewAsync(readWrite, members, BankTable.Name, BankTable.Create(options), ct).ConfigureAwait(false);
        var record = new BankRecord
        {
            StartedUtc = clock.StartedUtc,
            Accounts = options.Accounts,
            OpeningBalance = options.OpeningBalance,
            Members = [.. members.Keys],
            TransfersFile = $"{folder}/bank-transfers.jsonl",
            ReadsFile = $"{folder}/bank-reads.jsonl",
        };
        store.Write($"{folder}/{EvidenceFiles.BankFileName}", record);
        return new BankWorkload(readWrite, members, options, clock, store, record);
    }

    /// <summary>Ends transfers and reads; everything that was begun is on the disk afterwards.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _loops.ConfigureAwait(false);
        }
        finally
        {
            await _transfers.DisposeAsync().ConfigureAwait(false);
            await _reads.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task TransferAsync(string readWrite, int client, double startMs)
    {
        var random = new Random(unchecked((_options.Seed * 31) + client));
        var intervalMs = _options.Clients * 1000 / _options.RatePerSecond;
        var pace = new Pace(_clock, startMs + (intervalMs * client / _options.Clients), intervalMs);
        await using var source = CompanionClient.CreateSource(readWrite, ApplicationName);
        await using var connection = new CompanionClient(source, _clock, _options.Patience);
        while (await pace.NextAsync(_stop.Token).ConfigureAwait(false) is { } scheduledMs)
        {
            var from = random.Next(1, _options.Accounts + 1);
            var to = (from + random.Next(1, _options.Accounts) - 1) % _options.Accounts + 1;
            var amount = random.Next(1, 11);
            var answer = await connection.AskAsync(c => BankTable.TransferAsync(c, from, to, amount)).ConfigureAwait(false);
            _transfers.Append(new Operation
            {
                Id = Interlocked.Increment(ref _lastId),
                Client = client,
                ScheduledMs = scheduledMs,
                SentMs = answer.WasSent ? answer.SentMs : answer.EndedMs,
                EndedMs = answer.EndedMs,
                Outcome = answer.Outcome,
                Error = answer.Error,
            });
            if (answer.Outcome == Outcome.Acknowledged)
            {
                Interlocked.Increment(ref _acknowledged);
                Volatile.Write(ref _lastTransferMs, answer.SentMs);
            }
        }
    }

    private async Task ReadAsync(string member, string connectionString, double startMs)
    {
        var pace = new Pace(_clock, startMs, _options.ReadPeriod.TotalMilliseconds);
        await using var source = CompanionClient.CreateSource(connectionString, ApplicationName);
        await using var connection = new CompanionClient(source, _clock, _options.Patience);
        while (await pace.NextAsync(_stop.Token).ConfigureAwait(false) is not null)
        {
            var answer = await connection.AskAsync(BankTable.LookAsync).ConfigureAwait(false);
            var isAnswered = answer.Outcome == Outcome.Acknowledged;
            _reads.Append(new BankRead
            {
                Member = member,
                SentMs = answer.SentMs,
                EndedMs = answer.EndedMs,
                Timeline = isAnswered ? answer.Value.Timeline : null,
                Accounts = isAnswered ? answer.Value.Accounts : null,
                Total = isAnswered ? answer.Value.Total : null,
                Error = answer.Error,
            });
            if (isAnswered)
            {
                _lastReadMs[member] = answer.SentMs;
            }
        }
    }
}
