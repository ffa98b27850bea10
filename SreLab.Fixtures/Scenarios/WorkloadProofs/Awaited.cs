using System.Diagnostics;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Waits that are measurements: what does not come is a fact to record, not an error.</summary>
internal static class Awaited
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(40);

    /// <summary>Seconds until the condition held; null when it did not within the bound.</summary>
    public static async Task<double?> SecondsAsync(Bound bound, string awaited, Func<CancellationToken, Task<bool>> holds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await Wait.UntilAsync(bound, awaited, async token => (await holds(token) ? "" : null, "not yet"), PollInterval, ct);
            return clock.Elapsed.TotalSeconds;
        }
        catch (LabException)
        {
            return null;
        }
    }
}
