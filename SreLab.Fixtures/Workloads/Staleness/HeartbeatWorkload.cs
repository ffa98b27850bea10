using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Companions;

namespace SreLab.Fixtures.Workloads.Staleness;

/// <summary>A number that one client raises through the read-write endpoint, and another reads through the read-only one: how old is what readers are shown.</summary>
/// <remarks>Both run on one clock of one machine, so that an age is no difference of two clocks.</remarks>
public sealed class HeartbeatWorkload : IAsyncDisposable
{
    private const string ApplicationName = "srelab-heartbeat";

    private readonly HeartbeatOptions _options;
    private readonly HistoryClock _clock;
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly HistoryWriter<Operation> _beats;
    private readonly HistoryWriter<HeartbeatRead> _reads;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;
    private double _lastBeatMs = double.NegativeInfinity;
    private double _lastStandbyReadMs = double.NegativeInfinity;
    private bool _stopped;

    private HeartbeatWorkload(
        string readWrite, string readOnly, IReadOnlyDictionary<string, string> names, HeartbeatOptions options, HistoryClock clock, RunStore store, HeartbeatRecord record)
    {
        _options = options;
        _clock = clock;
        _names = names;
        Record = record;
        _beats = new HistoryWriter<Operation>(store.PathOf(record.BeatsFile), Header(options.BeatPeriod));
        _reads = new HistoryWriter<HeartbeatRead>(store.PathOf(record.ReadsFile), Header(options.ReadPeriod));
        var startMs = clock.NowMs;
        _loops = Task.WhenAll(Task.Run(() => BeatAsync(readWrite, startMs)), Task.Run(() => ReadAsync(readOnly, startMs)));

        HistoryHeader Header(TimeSpan period) => new(clock.StartedUtc, 1, 1 / period.TotalSeconds, options.Patience.TotalMilliseconds);
    }

    /// <summary>Where the histories are.</summary>
    public HeartbeatRecord Record { get; }

    /// <summary>When the newest beat that was acknowledged was sent; before all time while none was.</summary>
    public double LastBeatMs => Volatile.Read(ref _lastBeatMs);

    /// <summary>When the newest read that a standby answered was sent; before all time while none was.</summary>
    public double LastStandbyReadMs => Volatile.Read(ref _lastStandbyReadMs);

    /// <summary>Makes the row anew, waits until every member has it, and starts beats and reads.</summary>
    /// <param name="readWrite">Connection string to the read-write endpoint, as the schema's owner.</param>
    /// <param name="readOnly">Connection string to the read-only endpoint.</param>
    /// <param name="members">Connection strings to each member itself, by member name: to see that it has the row.</param>
    /// <param name="names">Member name by address, for details; an address that is not there stands for itself.</param>
    /// <param name="options">Periods and patience.</param>
    /// <param name="clock">The experiment's clock.</param>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <param name="ct">Cancels the making.</param>
    /// <exception cref="Lab.LabException">A member does not have the row in time.</exception>
    public static async Task<HeartbeatWorkload> StartAsync(
        string readWrite,
        string readOnly,
        IReadOnlyDictionary<string, string> members,
        IReadOnlyDictionary<string, string> names,
        HeartbeatOptions options,
        HistoryClock clock,
        RunStore store,
        string folder,
        CancellationToken ct)
    {
        await CompanionTable.CreateAnewAsync(readWrite, members, HeartbeatTable.Name, HeartbeatTable.Create, ct).ConfigureAwait(false);
        var record = new HeartbeatRecord
        {
            StartedUtc = clock.StartedUtc,
            ReadPeriodMs = options.ReadPeriod.TotalMilliseconds,
            BeatsFile = $"{folder}/heartbeat-beats.jsonl",
            ReadsFile = $"{folder}/heartbeat-reads.jsonl",
        };
        store.Write($"{folder}/{EvidenceFiles.HeartbeatFileName}", record);
        return new HeartbeatWorkload(readWrite, readOnly, names, options, clock, store, record);
    }

    /// <summary>Ends beats and reads; everything that was begun is on the disk afterwards.</summary>
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
            await _beats.DisposeAsync().ConfigureAwait(false);
            await _reads.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task BeatAsync(string readWrite, double startMs)
    {
        var pace = new Pace(_clock, startMs, _options.BeatPeriod.TotalMilliseconds);
        await using var source = CompanionClient.CreateSource(readWrite, ApplicationName);
        await using var connection = new CompanionClient(source, _clock, _options.Patience);
        for (var number = 1L; await pace.NextAsync(_stop.Token).ConfigureAwait(false) is { } scheduledMs; number++)
        {
            var beat = number;
            var answer = await connection.AskAsync(c => HeartbeatTable.BeatAsync(c, beat)).ConfigureAwait(false);
            _beats.Append(new Operation
            {
                Id = beat,
                Client = 0,
                ScheduledMs = scheduledMs,
                SentMs = answer.WasSent ? answer.SentMs : answer.EndedMs,
                EndedMs = answer.EndedMs,
                Outcome = answer.Outcome,
                Error = answer.Error,
            });
            if (answer.Outcome == Outcome.Acknowledged)
            {
                Volatile.Write(ref _lastBeatMs, answer.SentMs);
            }
        }
    }

    private async Task ReadAsync(string readOnly, double startMs)
    {
        // Half a period after the beats, so that it is not the scheduler that decides which of the two comes first.
        var periodMs = _options.ReadPeriod.TotalMilliseconds;
        var pace = new Pace(_clock, startMs + (periodMs / 2), periodMs);
        await using var source = CompanionClient.CreateSource(readOnly, ApplicationName);
        await using var connection = new CompanionClient(source, _clock, _options.Patience);
        for (var count = 1; await pace.NextAsync(_stop.Token).ConfigureAwait(false) is not null; count++)
        {
            var answer = await connection.AskAsync(HeartbeatTable.LookAsync).ConfigureAwait(false);
            var isAnswered = answer.Outcome == Outcome.Acknowledged;
            _reads.Append(new HeartbeatRead
            {
                SentMs = answer.SentMs,
                EndedMs = answer.EndedMs,
                Beat = isAnswered ? answer.Value.Beat : null,
                Server = isAnswered ? _names.GetValueOrDefault(answer.Value.Address, answer.Value.Address) : null,
                IsStandby = isAnswered ? answer.Value.IsStandby : null,
                Error = answer.Error,
            });
            if (isAnswered && answer.Value.IsStandby)
            {
                Volatile.Write(ref _lastStandbyReadMs, answer.SentMs);
            }

            if (count % _options.ReadsPerConnection == 0)
            {
                connection.Reconnect();
            }
        }
    }
}
