namespace SreLab.Fixtures.Alerts;

/// <summary>Panels that are rightly empty in a healthy lab, each with the reason.</summary>
public static class QuietPanels
{
    /// <summary>By dashboard file and title.</summary>
    public static IReadOnlyDictionary<(string Dashboard, string Panel), string> Listed { get; } = new Dictionary<(string, string), string>
    {
        [("overview.json", "Alerts over time")] = "nothing fires in a healthy lab",
        [("replication.json", "WAL kept for slots")] = "a lab without replication slots keeps nothing for them",
    };
}
