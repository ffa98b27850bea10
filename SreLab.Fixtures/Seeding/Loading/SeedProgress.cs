using System.Diagnostics;
using System.Globalization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>Says what the seed is doing: a line when a phase begins and ends, and one every few seconds in between.</summary>
internal sealed class SeedProgress(IProgressLog log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private readonly List<PhaseRecord> _phases = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Since the seed began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Phases that are done, with their seconds.</summary>
    public IReadOnlyList<PhaseRecord> Phases => _phases;

    /// <summary>Says a line.</summary>
    public void Say(string line) => log.Say($"seed: {line}");

    /// <summary>Runs a phase.</summary>
    /// <param name="name">Its name in the evidence.</param>
    /// <param name="starts">What begins, for people.</param>
    /// <param name="status">What to say in between, for the seconds since the phase began.</param>
    /// <param name="work">The phase; gives what to say at its end.</param>
    public async Task RunAsync(string name, string starts, Func<double, string> status, Func<Task<string>> work)
    {
        var clock = Stopwatch.StartNew();
        Say($"{name}: {starts}");
        using var stop = new CancellationTokenSource();
        var ticking = TickAsync(name, status, clock, stop.Token);
        try
        {
            var ended = await work();
            var seconds = Math.Round(clock.Elapsed.TotalSeconds, 3);
            _phases.Add(new PhaseRecord(name, seconds));
            Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {ended} in {seconds:0.0} s"));
        }
        finally
        {
            await stop.CancelAsync();
            await ticking;
        }
    }

    private async Task TickAsync(string name, Func<double, string> status, Stopwatch clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Say($"{name}: {status(clock.Elapsed.TotalSeconds)}");
            }
        }
        catch (OperationCanceledException)
        {
            // The phase is over.
        }
    }
}
