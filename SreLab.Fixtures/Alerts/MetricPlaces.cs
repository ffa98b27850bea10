namespace SreLab.Fixtures.Alerts;

/// <summary>Where a metric must be.</summary>
public enum MetricPlace
{
    /// <summary>Somewhere; on every member alike when it is on any.</summary>
    Everywhere = 0,

    /// <summary>On the primary alone.</summary>
    Primary = 1,

    /// <summary>On every standby, and not on the primary.</summary>
    Standbys = 2,

    /// <summary>On a member or not, and on some and not on others.</summary>
    Anywhere = 3,

    /// <summary>May be nowhere in a healthy lab.</summary>
    Sometimes = 4,
}

/// <summary>Metrics that are not on every member alike, each with the reason.</summary>
/// <remarks>What may be nowhere in a healthy lab is proven by the alert that reads it, when its condition is caused.</remarks>
public static class MetricPlaces
{
    /// <summary>By name; what is not listed is everywhere.</summary>
    public static IReadOnlyDictionary<string, (MetricPlace Place, string Reason)> Listed { get; } = new Dictionary<string, (MetricPlace, string)>(StringComparer.Ordinal)
    {
        ["srelab:replication_streaming"] = (MetricPlace.Standbys, "a primary receives no stream"),
        ["srelab:replication_lag_bytes"] = (MetricPlace.Standbys, "a primary is behind nobody"),
        ["srelab:replication_lag_seconds"] = (MetricPlace.Standbys, "a primary is behind nobody"),
        ["srelab:replication_lag_at_most:seconds"] = (MetricPlace.Standbys, "a primary is behind nobody"),
        ["srelab:archive_failing"] = (MetricPlace.Primary, "only a primary archives"),
        ["srelab:archive_age:seconds"] = (MetricPlace.Primary, "only a primary archives"),
        ["srelab:archive_ready:files"] = (MetricPlace.Primary, "only a primary archives"),
        ["srelab:slots_inactive"] = (MetricPlace.Primary, "a standby's slots are copies that wait for its promotion"),
        ["srelab:slot_active"] = (MetricPlace.Sometimes, "a lab without replication slots has none to tell about"),
        ["srelab:slot_retained:bytes"] = (MetricPlace.Sometimes, "a lab without replication slots has none to tell about"),
        ["srelab_slot_active"] = (MetricPlace.Sometimes, "a lab without replication slots has none to tell about"),
        ["srelab_slot_retained_bytes"] = (MetricPlace.Sometimes, "a lab without replication slots has none to tell about"),
        ["srelab_fault_active"] = (MetricPlace.Sometimes, "nothing may have been broken yet"),
        ["ALERTS"] = (MetricPlace.Sometimes, "Prometheus writes it while an alert is pending or firing"),
    };

    /// <summary>Where this metric must be.</summary>
    public static MetricPlace Of(string metric) => Listed.TryGetValue(metric, out var listed) ? listed.Place : MetricPlace.Everywhere;
}
