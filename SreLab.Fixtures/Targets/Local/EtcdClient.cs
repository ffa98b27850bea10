using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks the consensus store, over whichever of its interfaces Patroni uses; any member that lives will do.</summary>
internal sealed class EtcdClient(LabNetwork network) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(1),
    };

    /// <summary>Whether this member is part of a store that has a leader.</summary>
    public async Task<bool> IsHealthyAsync(Member member, CancellationToken ct)
    {
        try
        {
            var answer = await _http.GetFromJsonAsync<JsonObject>(LabNetwork.Url(member.Host, LabNetwork.EtcdClient, "health"), ct);
            return answer?["health"]?.ToString() == "true";
        }
        catch (Exception e) when (IsNoAnswer(e, ct))
        {
            return false;
        }
    }

    /// <summary>Seconds left of the cluster leader's lease, in whole seconds as the store tells them; null when there is no leader, or no majority to ask.</summary>
    public async Task<double?> LeaderLeaseSecondsAsync(CancellationToken ct) => (await LeaderAsync(fromOwnCopy: false, ct))?.LeaseSeconds;

    /// <summary>
    /// The member that holds the leader key; null when nobody does. Asks a member's own copy, which may be a moment old: a read
    /// that needs a quorum would wait for an election of the store just when a failover is followed.
    /// </summary>
    public async Task<string?> LeaderNameAsync(CancellationToken ct) => (await LeaderAsync(fromOwnCopy: true, ct))?.Name;

    private async Task<LeaderKey?> LeaderAsync(bool fromOwnCopy, CancellationToken ct)
    {
        foreach (var member in network.Members)
        {
            try
            {
                return await SecondInterfaceAsync(member, fromOwnCopy, ct) is { IsServed: true } answer ? answer.Key : await ThirdInterfaceAsync(member, fromOwnCopy, ct);
            }
            catch (Exception e) when (IsNoAnswer(e, ct))
            {
                // This member is lost or has no quorum; the next one may know.
            }
        }

        return null;
    }

    // Served by stores whose Patroni needs it; the others say 404 in plain text, and not in the words of a store.
    private async Task<(bool IsServed, LeaderKey? Key)> SecondInterfaceAsync(Member member, bool fromOwnCopy, CancellationToken ct)
    {
        using var response = await _http.GetAsync(LabNetwork.Url(member.Host, LabNetwork.EtcdClient, $"v2/keys/service/{Names.Scope}/leader?quorum={(fromOwnCopy ? "false" : "true")}"), ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!text.TrimStart().StartsWith('{'))
        {
            return (false, null);
        }

        if (response.StatusCode is not (System.Net.HttpStatusCode.OK or System.Net.HttpStatusCode.NotFound))
        {
            throw new HttpRequestException($"the store answers {(int)response.StatusCode}");
        }

        var node = JsonNode.Parse(text)?["node"];
        return (true, node is null ? null : new LeaderKey(node["value"]!.ToString(), Number(node["ttl"])));
    }

    private async Task<LeaderKey?> ThirdInterfaceAsync(Member member, bool fromOwnCopy, CancellationToken ct)
    {
        var key = Convert.ToBase64String(Encoding.UTF8.GetBytes($"/service/{Names.Scope}/leader"));
        var range = await PostAsync(member, "v3/kv/range", new JsonObject { ["key"] = key, ["serializable"] = fromOwnCopy }, ct);
        if (range["kvs"] is not JsonArray { Count: > 0 } found || found[0] is not { } leader)
        {
            return null;
        }

        var life = !fromOwnCopy && leader["lease"]?.ToString() is { } lease ? await PostAsync(member, "v3/lease/timetolive", new JsonObject { ["ID"] = lease }, ct) : null;
        return new LeaderKey(Encoding.UTF8.GetString(Convert.FromBase64String(leader["value"]?.ToString() ?? "")), Number(life?["TTL"]));
    }

    private static double? Number(JsonNode? node) => double.TryParse(node?.ToString(), CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 ? seconds : null;

    private sealed record LeaderKey(string Name, double? LeaseSeconds);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> PostAsync(Member member, string path, JsonObject body, CancellationToken ct)
    {
        using var response = await _http.PostAsJsonAsync(LabNetwork.Url(member.Host, LabNetwork.EtcdClient, path), body, ct);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!;
    }

    private static bool IsNoAnswer(Exception e, CancellationToken ct) =>
        e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested);
}
