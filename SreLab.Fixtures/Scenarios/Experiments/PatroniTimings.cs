using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>The timings that decide an outage, as the cluster has them and not as they were asked for.</summary>
/// <param name="TtlSeconds">How long the leader's lease lives without renewal.</param>
/// <param name="LoopWaitSeconds">How often Patroni looks.</param>
internal sealed record PatroniTimings(double TtlSeconds, double LoopWaitSeconds)
{
    public static async Task<PatroniTimings> ReadAsync(ILab lab, CancellationToken ct)
    {
        if (!lab.HasClusterManager)
        {
            // Nothing is known of a lease; a second spreads the moments of the faults.
            return new PatroniTimings(0, 1);
        }

        var settings = await lab.GetDynamicSettingsAsync(ct).ConfigureAwait(false);
        return new PatroniTimings(Number("ttl"), Number("loop_wait"));

        double Number(string name) => settings.TryGetValue(name, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new LabException($"failover refused: the cluster's {name} could not be read back.\n  look         make status");
    }
}
