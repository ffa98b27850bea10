using System.Text.Json.Nodes;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What one member's Patroni says about itself.</summary>
internal sealed record PatroniStatus(
    Role Role,
    string State,
    int Timeline,
    long? Location,
    bool IsSynchronous,
    IReadOnlyDictionary<string, (string State, string SyncState)> Standbys)
{
    /// <summary>Reads the answer of <c>GET /patroni</c>, of Patroni 2 to 4.</summary>
    public static PatroniStatus Parse(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var wal = root["xlog"]?.AsObject();
        var standbys = (root["replication"] as JsonArray ?? [])
            .Select(r => r!.AsObject())
            .GroupBy(r => Text(r["application_name"]), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (Text(g.First()["state"]), Text(g.First()["sync_state"])), StringComparer.Ordinal);
        var state = Text(root["state"]);
        return new PatroniStatus(
            state is not "running" ? Role.Unknown : Text(root["role"]) switch
            {
                "master" or "primary" => Role.Primary,
                "replica" or "standby_leader" => Role.Standby,
                _ => Role.Unknown,
            },
            state,
            root["timeline"]?.GetValue<int>() ?? 0,
            (wal?["location"] ?? wal?["replayed_location"])?.GetValue<long>(),
            root["sync_standby"]?.GetValue<bool>() ?? root["quorum_standby"]?.GetValue<bool>() ?? false,
            standbys);
    }

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
