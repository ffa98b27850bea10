using System.Globalization;

namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>Looks at the clients' counters all the time, and keeps a line a second in the run, so that the next process on the lab goes on where this one ends.</summary>
/// <remarks>A burn rate looks back over minutes, in Prometheus beyond the start of this process; who checks it must look back as far.</remarks>
internal sealed class ClientLog : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);
    private readonly ClientMetrics _metrics;
    private readonly string _file;
    private readonly ClientTotals _before;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _looking;
    private ClientTotals _written;

    /// <summary>Reads what earlier processes left, and starts to look.</summary>
    /// <param name="metrics">The clients' counters, from 0 at the start of this process.</param>
    /// <param name="file">Absolute path; its folder exists.</param>
    public ClientLog(ClientMetrics metrics, string file)
    {
        _metrics = metrics;
        _file = file;
        foreach (var (at, totals) in Read(file))
        {
            Counts.Note(at, totals);
            _before = totals;
        }

        // What a killed process left half written must not become the beginning of our first line.
        if (File.Exists(file) && !File.ReadAllText(file).EndsWith('\n'))
        {
            File.AppendAllText(file, "\n");
        }

        _written = _before;
        _looking = Task.Run(LookAsync);
    }

    /// <summary>Everything that was seen, of this process and of those before it.</summary>
    public ClientCounts Counts { get; } = new();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    /// <summary>The lines of a file, oldest first; a line that was cut off by a kill is left out.</summary>
    internal static IEnumerable<(DateTimeOffset At, ClientTotals Totals)> Read(string file) => !File.Exists(file)
        ? []
        : File.ReadLines(file)
            .Select(line => line.Split(',').Select(n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray())
            .Where(n => n.Length == 5 && n.All(number => number >= 0))
            .Select(n => (DateTimeOffset.FromUnixTimeMilliseconds(n[0]), new ClientTotals(n[1], n[2], n[3], n[4])));

    private async Task LookAsync()
    {
        var nextLine = DateTimeOffset.UtcNow;
        while (!_stop.IsCancellationRequested)
        {
            var now = DateTimeOffset.UtcNow;
            var totals = Look(now);
            if (now >= nextLine)
            {
                Write(now, totals);
                nextLine = now + LineInterval;
            }

            await Task.Delay(LookInterval, CancellationToken.None);
        }

        var end = DateTimeOffset.UtcNow;
        Write(end, Look(end));
    }

    private ClientTotals Look(DateTimeOffset now)
    {
        var totals = _before + _metrics.Totals();
        Counts.Note(now, totals);
        return totals;
    }

    private void Write(DateTimeOffset now, ClientTotals totals)
    {
        if (totals != _written)
        {
            _written = totals;
            File.AppendAllText(_file, string.Create(
                CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()},{totals.Operations},{totals.Bad},{totals.Timed},{totals.Slow}\n"));
        }
    }
}
