using System.Globalization;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Kubernetes.Bench;

/// <summary>Joins the progress lines of all pods: a second is told once all of them have told it.</summary>
/// <param name="pods">How many there are.</param>
/// <param name="onLine">Told each line; null for nobody.</param>
internal sealed partial class BenchProgress(int pods, Action<string>? onLine)
{
    private readonly Lock _state = new();
    private readonly Dictionary<int, int> _seconds = [];
    private readonly Dictionary<int, (int Told, double Tps, long Failed)> _sums = [];

    /// <summary>Takes a line of a pod's standard error.</summary>
    public void Take(int pod, string line)
    {
        var match = Progress().Match(line);
        if (!match.Success)
        {
            onLine?.Invoke(line);
            return;
        }

        string? whole = null;
        lock (_state)
        {
            // The n-th line of each pod belongs together: their clocks differ by how they started.
            var second = _seconds[pod] = _seconds.GetValueOrDefault(pod) + 1;
            var (told, tps, failed) = _sums.GetValueOrDefault(second);
            var sum = (Told: told + 1, Tps: tps + Number(match.Groups[1]), Failed: failed + (match.Groups[2].Success ? (long)Number(match.Groups[2]) : 0));
            _sums[second] = sum;
            if (sum.Told == pods)
            {
                whole = string.Create(CultureInfo.InvariantCulture, $"progress: {second}.0 s, {sum.Tps:0.0} tps, lat 0.000 ms stddev 0.000, {sum.Failed} failed");
            }
        }

        if (whole is not null)
        {
            onLine?.Invoke(whole);
        }
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^progress: [\d.]+ s, ([\d.]+) tps, .*?(?:(\d+) failed)?(?:, lag .*|, \d+ skipped.*|, \d+ retried.*)?$")]
    private static partial Regex Progress();
}
