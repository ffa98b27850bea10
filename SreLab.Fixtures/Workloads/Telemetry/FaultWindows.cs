using System.Globalization;
using System.Text;

namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>What is broken on purpose right now, as a gauge for Prometheus: 1 from inject to heal, 0 afterwards.</summary>
/// <remarks>Safe for many threads. Two faults of one kind on one target are one series, which stays 1 until both are over.</remarks>
public sealed class FaultWindows
{
    /// <summary>Gauge by <c>kind</c> and <c>target</c>; not <c>member</c>, which Prometheus sets to who was scraped.</summary>
    public const string Series = "srelab_fault_active";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Kind, string Target), int> _open = [];

    /// <summary>Marks the begin of a fault.</summary>
    /// <param name="kind">What is done, in the words of the evidence: <c>postmaster-killed</c>.</param>
    /// <param name="target">To whom: a member's name, or <c>lab</c>.</param>
    /// <returns>Marks its end when disposed; more than once is as good as once.</returns>
    public IDisposable Open(string kind, string target)
    {
        Add((kind, target), 1);
        return new Window(this, (kind, target));
    }

    /// <summary>Every fault so far in Prometheus' text format, version 0.0.4.</summary>
    public string Render()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# HELP {Series} 1 from the moment a fault is injected until it is healed.\n# TYPE {Series} gauge\n");
        lock (_gate)
        {
            foreach (var ((kind, target), open) in _open)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Series}{{kind=\"{kind}\",target=\"{target}\"}} {Math.Min(open, 1)}\n");
            }
        }

        return text.ToString();
    }

    private void Add((string Kind, string Target) key, int change)
    {
        lock (_gate)
        {
            _open[key] = _open.GetValueOrDefault(key) + change;
        }
    }

    private sealed class Window(FaultWindows windows, (string Kind, string Target) key) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                windows.Add(key, -1);
            }
        }
    }
}
