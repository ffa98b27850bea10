using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks the consensus store over its JSON gateway; any member that lives will do.</summary>
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

    /// <summary>Seconds left of the cluster leader's lease, in whole seconds as the store tells them; null when there is no leader.</summary>
    public Task<double?> LeaderLeaseSecondsAsync(CancellationToken ct) => AskAboutLeaderAsync<double?>(
        async (member, leader) =>
        {
            if (leader["lease"]?.ToString() is not { } lease)
            {
                return null;
            }

            var life = await PostAsync(member, "v3/lease/timetolive", new JsonObject { ["ID"] = lease }, ct);
            return double.TryParse(life["TTL"]?.ToString(), CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 ? seconds : null;
        },
        fromOwnCopy: false,
        ct);

    /// <summary>
    /// The member that holds the leader key; null when nobody does. Asks a member's own copy, which may be a moment old: a read
    /// that needs a quorum would wait for an election of the store just when a failover is followed.
    /// </summary>
    public Task<string?> LeaderNameAsync(CancellationToken ct) => AskAboutLeaderAsync(
        (_, leader) => Task.FromResult(leader["value"]?.ToString() is { } name ? Encoding.UTF8.GetString(Convert.FromBase64String(name)) : null),
        fromOwnCopy: true,
        ct);

    private async Task<T?> AskAboutLeaderAsync<T>(Func<Member, JsonNode, Task<T?>> read, bool fromOwnCopy, CancellationToken ct)
    {
        var key = Convert.ToBase64String(Encoding.UTF8.GetBytes($"/service/{Names.Scope}/leader"));
        foreach (var member in network.Members)
        {
            try
            {
                var range = await PostAsync(member, "v3/kv/range", new JsonObject { ["key"] = key, ["serializable"] = fromOwnCopy }, ct);
                return range["kvs"] is JsonArray { Count: > 0 } found && found[0] is { } leader ? await read(member, leader) : default;
            }
            catch (Exception e) when (IsNoAnswer(e, ct))
            {
                // This member is lost or has no quorum; the next one may know.
            }
        }

        return default;
    }

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
