using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Faults.Kinds;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Experiments;
using SreLab.Fixtures.Scenarios.WorkloadProofs;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Scenarios.Payments;

/// <summary>What is killed while payments run, each once it is told to, and seen to have landed.</summary>
internal sealed class PaymentFaults(ILab lab, WorkloadInstance killedApp, WorkloadInstance survivor, HistoryClock clock, ExperimentLog log, FaultWindows windows) : IDisposable
{
    private readonly HttpProbe _probe = new();
    private readonly List<PaymentFaultRecord> _done = [];
    private readonly List<Task> _returns = [];
    private LabFault? _postmaster;
    private IDisposable? _window;
    private int _timelineBefore;

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<PaymentFaultRecord> Done => _done;

    /// <summary>Answer of the survivor after the primary was lost; empty while it was not.</summary>
    public string AfterFailover { get; private set; } = "";

    /// <summary>Seconds from the kill of the postmaster until the survivor served again; null when it did not.</summary>
    public double? SecondsToServe { get; private set; }

    /// <summary>The kinds with the share of the invoices that is paid when each comes, drawn from a seed.</summary>
    public static IReadOnlyList<(string Kind, double Share)> Draw(int seed)
    {
        var random = new Random(seed);
        string[] kinds = ["kill-provider", "kill-app", "kill-postmaster", "kill-provider"];
        random.Shuffle(kinds);
        return [.. kinds.Select((k, i) => (k, 0.08 + (0.18 * i) + (random.NextDouble() * 0.12)))];
    }

    /// <summary>Kills, and sees that it landed. A killed program comes back by itself; a killed primary is replaced.</summary>
    public async Task KillAsync(string kind, long paid, CancellationToken ct)
    {
        // A second kill of a provider that is not back yet would hit nothing.
        await Task.WhenAll(_returns);
        switch (kind)
        {
            case "kill-provider":
                await KillWorkloadAsync(kind, lab.Workloads.Provider, paid, ct);
                break;
            case "kill-app":
                await KillWorkloadAsync(kind, killedApp, paid, ct);
                break;
            default:
                await KillPostmasterAsync(kind, paid, ct);
                break;
        }
    }

    /// <summary>Waits until the cluster is whole and every killed program is back; on every path out.</summary>
    public async Task HealAsync(CancellationToken ct)
    {
        await Task.WhenAll(_returns);
        if (_postmaster is { } postmaster)
        {
            await postmaster.RecoverAsync(ct);
            var primary = (await postmaster.WaitUntilHealedAsync(ct)).Primary!;
            _window?.Dispose();
            _postmaster = null;
            var index = _done.FindIndex(f => f.Kind == "kill-postmaster");
            if (index >= 0)
            {
                // The old primary may lead again, but never on its old timeline.
                _done[index] = _done[index] with { Landed = primary.Timeline > _timelineBefore };
            }

            log.Event(FormattableString.Invariant($"every member streams again; primary is {primary.Member.Name} on timeline {primary.Timeline}, it was {_timelineBefore} before"));
        }
    }

    /// <summary><c>process_start_time_seconds</c> of a service; null when it does not answer.</summary>
    public async Task<double?> StartedAsync(WorkloadInstance instance, CancellationToken ct)
    {
        var answer = await _probe.AskAsync(
            new HttpQuestion(HttpMethod.Get, new Uri(instance.Service, "/metrics")) { Deadline = TimeSpan.FromSeconds(1) }, onNewConnection: true, ct);
        return answer.Status == 200 ? PrometheusText.Parse(answer.Body).Sum("process_start_time_seconds") : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _window?.Dispose();
        _probe.Dispose();
    }

    private async Task KillWorkloadAsync(string kind, WorkloadInstance instance, long paid, CancellationToken ct)
    {
        var before = await StartedAsync(instance, ct);
        var window = windows.Open(kind, instance.Name);
        var atMs = clock.NowMs;
        var signalled = await lab.Workloads.KillAsync(instance, ct);
        var index = _done.Count;
        _done.Add(new PaymentFaultRecord(kind, instance.Name, signalled, atMs, paid, Landed: false));
        log.Event(atMs, FormattableString.Invariant($"{signalled} with {paid:N0} paid"));
        _returns.Add(ReturnAsync());

        async Task ReturnAsync()
        {
            using (window)
            {
                var took = await Awaited.SecondsAsync(
                    Bounds.WorkloadBack, $"another process of {instance.Name}", async token => await StartedAsync(instance, token) is { } now && now > (before ?? 0), ct);
                _done[index] = _done[index] with { Landed = took is not null && before is not null };
                log.Event(took is null ? $"{instance.Name} did not come back" : FormattableString.Invariant($"{instance.Name} is back after {took:0.0} s"));
            }
        }
    }

    private async Task KillPostmasterAsync(string kind, long paid, CancellationToken ct)
    {
        var state = await WholeCluster.WaitAsync(lab, Bounds.StandbyFollows, ct);
        var before = state.Primary!;
        _timelineBefore = before.Timeline;
        _postmaster = new KilledPrimary(lab, state, isWhole: false);
        _window = windows.Open(kind, before.Member.Name);
        var atMs = clock.NowMs;
        var signalled = await _postmaster.InjectAsync(ct);
        await _postmaster.WaitUntilSeenAsync(ct);
        log.Event(atMs, FormattableString.Invariant($"{signalled} on {before.Member.Name} with {paid:N0} paid"));

        // From here on no connection to the old primary is left, so an answer comes from the new one.
        var served = await Awaited.SecondsAsync(Bounds.WritesAfterFailover, $"{survivor.Name} to serve again", ServesAsync, ct);
        SecondsToServe = served is null ? null : (clock.NowMs - atMs) / 1000;
        _done.Add(new PaymentFaultRecord(kind, before.Member.Name, signalled, atMs, paid, Landed: false));
        log.Event(FormattableString.Invariant($"{survivor.Name} {(served is null ? "does not serve" : "serves")} again after {(clock.NowMs - atMs) / 1000:0.0} s"));
    }

    private async Task<bool> ServesAsync(CancellationToken ct)
    {
        var answer = await _probe.AskAsync(
            new HttpQuestion(HttpMethod.Get, new Uri(survivor.Service, "/invoices?limit=1")) { Deadline = TimeSpan.FromSeconds(2) }, onNewConnection: true, ct);
        AfterFailover = answer.Describe();
        return answer.Status == 200;
    }
}
