using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>Tells what happens in an experiment, live to whoever watches and as events to its record.</summary>
internal sealed class ExperimentLog(string name, HistoryClock clock, IProgressLog progress)
{
    /// <summary>A long stage says something at least this often.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<EventRecord> _events = [];
    private double _lastSaidMs;

    public IReadOnlyList<EventRecord> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events.OrderBy(e => e.AtMs)];
            }
        }
    }

    /// <summary>A change of state, now.</summary>
    public void Event(string what) => Event(clock.NowMs, what);

    /// <summary>A change of state, at a moment that was measured.</summary>
    public void Event(double atMs, string what)
    {
        lock (_gate)
        {
            _events.Add(new EventRecord(atMs, what));
        }

        Say(what);
    }

    /// <summary>Says where things stand whenever nothing changed for a while; ends when cancelled.</summary>
    public async Task BreakSilenceAsync(Func<string> state, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested && clock.NowMs - _lastSaidMs >= LongestSilence.TotalMilliseconds)
            {
                Say(state());
            }
        }
    }

    private void Say(string line)
    {
        _lastSaidMs = clock.NowMs;
        progress.Say($"{name}: {line}");
    }
}
