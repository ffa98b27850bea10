using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.AlertProofs;

/// <summary>Follows one alert: its condition at the source, its evaluations in Prometheus, its notifications at our receiver.</summary>
internal sealed class AlertChain : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private readonly AlertReceiver _receiver;
    private readonly ILabMonitoring _monitoring;
    private readonly ConditionWatch _watch;
    private readonly DateTimeOffset _startedUtc = DateTimeOffset.UtcNow;
    private NotificationRecord? _delivered;
    private NotificationRecord? _resolved;
    private string? _problem;

    /// <summary>Starts to watch the condition.</summary>
    public AlertChain(ExpectedAlert expected, AlertRule rule, AlertReceiver receiver, DisturbanceContext context)
    {
        Expected = expected;
        Rule = rule;
        _receiver = receiver;
        _monitoring = context.Lab.Monitoring;
        _watch = new ConditionWatch(expected, context);
    }

    public ExpectedAlert Expected { get; }

    public AlertRule Rule { get; }

    /// <summary>What was done; empty until it was.</summary>
    public string Cause { get; set; } = "";

    /// <summary>When the cause was set.</summary>
    public DateTimeOffset? CausedUtc { get; set; }

    /// <summary>When it had been taken away.</summary>
    public DateTimeOffset? HealedUtc { get; set; }

    /// <summary>Something else that kept the chain from being followed.</summary>
    public void Fail(string problem) => _problem ??= problem;

    /// <summary>Waits for condition and delivery; what does not come is noted, not thrown.</summary>
    public async Task WaitUntilDeliveredAsync(CancellationToken ct)
    {
        try
        {
            await Wait.UntilAsync(
                Bounds.ConditionCaused,
                $"the condition of {Rule.Name}: {Expected.Condition}",
                _ => Task.FromResult<(object?, string)>((_watch.BeganUtc, _watch.WasAnswered ? "it does not hold" : $"no answer: {_watch.LastError}")),
                PollInterval,
                ct);
            _delivered = await Wait.UntilAsync(
                Bounds.AlertDelivered,
                $"{Rule.Name} to be delivered",
                _ => Task.FromResult((Notified("firing", _startedUtc), "not delivered")),
                PollInterval,
                ct);
        }
        catch (LabException e)
        {
            Fail(e.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Waits for the resolution of what was delivered, and makes the record.</summary>
    public async Task<AlertChainRecord> FinishAsync(CancellationToken ct)
    {
        if (_delivered is { } delivered)
        {
            try
            {
                _resolved = await Wait.UntilAsync(
                    Bounds.AlertResolved,
                    $"{Rule.Name} to be resolved",
                    _ => Task.FromResult((Notified("resolved", delivered.ReceivedUtc), "no resolution was delivered")),
                    PollInterval,
                    ct);
            }
            catch (LabException e)
            {
                Fail(e.Message.ReplaceLineEndings(" "));
            }
        }

        await _watch.DisposeAsync();
        var first = await FirstEvaluationsAsync(ct);
        return new AlertChainRecord
        {
            Alert = Rule.Name,
            Severity = Rule.Severity,
            Cause = Cause,
            Condition = Expected.Condition,
            Labels = _delivered?.Labels ?? new Dictionary<string, string>(),
            ForSeconds = Rule.For.TotalSeconds,
            CausedUtc = CausedUtc,
            ConditionUtc = _watch.BeganUtc,
            PendingUtc = first.Pending,
            FiringUtc = first.Firing,
            DeliveredUtc = _delivered?.ReceivedUtc,
            HealedUtc = HealedUtc,
            ConditionGoneUtc = _watch.GoneUtc,
            ResolvedUtc = _resolved?.ReceivedUtc,
            Problem = _problem,
        };
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private NotificationRecord? Notified(string status, DateTimeOffset since) => _receiver.Received.FirstOrDefault(n =>
        n.Alert == Rule.Name && n.Status == status && n.ReceivedUtc >= since
        && (_delivered is null ? Expected.Concerns(n.Labels) : _delivered.Labels.All(l => n.Labels.GetValueOrDefault(l.Key) == l.Value)));

    private async Task<(DateTimeOffset? Pending, DateTimeOffset? Firing)> FirstEvaluationsAsync(CancellationToken ct)
    {
        if (_delivered is not { } delivered)
        {
            return (null, null);
        }

        try
        {
            return await AlertSamples.FirstAsync(_monitoring, delivered.Labels, _startedUtc, delivered.ReceivedUtc.AddSeconds(1), ct);
        }
        catch (LabException e)
        {
            Fail(e.Message.ReplaceLineEndings(" "));
            return (null, null);
        }
    }
}
