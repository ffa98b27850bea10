using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks and tells Patroni over its REST interface.</summary>
internal sealed class PatroniClient(LabNetwork network, LabSecrets secrets) : IDisposable
{
    // A dead member refuses at once; only a machine under full load needs this long.
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConfigureTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>One member's own view; null when it does not answer.</summary>
    public async Task<PatroniStatus?> StatusAsync(Member member, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AskTimeout);
        try
        {
            // /patroni answers 503 on a member that is not running; what it says is what counts.
            using var response = await _http.GetAsync(LabNetwork.Url(member.Host, LabNetwork.Patroni, "patroni"), limit.Token);
            return PatroniStatus.Parse(await response.Content.ReadAsStringAsync(limit.Token));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The dynamic settings, nested names joined by dots.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SettingsAsync(CancellationToken ct) => Flat(await AnyMemberAsync(HttpMethod.Get, null, ct));

    /// <summary>Changes dynamic settings; null removes one. Returns when every member that answers has read them.</summary>
    /// <remarks>A member tells the settings of its last loop: who asks another one too early is told the old ones.</remarks>
    /// <exception cref="LabException">No member took them, or one that answers does not read them.</exception>
    public async Task ConfigureAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        var asked = Part(Flat(await AnyMemberAsync(HttpMethod.Patch, PatroniSettings.ToJson(settings).ToJsonString(), ct)));
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            $"every member to read {string.Join(", ", settings.Keys)}",
            async token =>
            {
                var late = (await Task.WhenAll(network.Members.Select(async m => (m.Name, HasRead: await HasReadAsync(m, token))))).Where(m => !m.HasRead).ToList();
                return (late.Count == 0 ? settings : null, $"the old settings of {string.Join(", ", late.Select(m => m.Name))}");
            },
            TimeSpan.FromMilliseconds(100),
            ct);

        async Task<bool> HasReadAsync(Member member, CancellationToken token)
        {
            var (isTaken, answer) = await SendAsync(member, HttpMethod.Get, "config", null, token, AskTimeout);
            return !isTaken || Part(Flat(answer)).SequenceEqual(asked);
        }

        List<KeyValuePair<string, string>> Part(SortedDictionary<string, string> all) =>
            [.. all.Where(s => settings.Keys.Any(k => s.Key == k || s.Key.StartsWith($"{k}.", StringComparison.Ordinal)))];
    }

    /// <summary>Makes a member's Patroni read its file again; it does so before its next loop.</summary>
    /// <exception cref="LabException">It refused, or did not answer.</exception>
    public async Task ReloadAsync(Member member, CancellationToken ct)
    {
        var (isTaken, answer) = await SendAsync(member, HttpMethod.Post, "reload", "{}", ct);
        if (!isTaken)
        {
            throw new LabException($"Patroni of {member.Name} does not read its file again: {answer}\n  fix          make up (repairs the lab)");
        }
    }

    /// <summary>Makes a member throw its data away and copy the primary's.</summary>
    /// <exception cref="LabException">Its Patroni refused, or did not answer.</exception>
    public async Task ReinitializeAsync(Member member, CancellationToken ct)
    {
        var (isTaken, answer) = await SendAsync(member, HttpMethod.Post, "reinitialize", """{"force": true}""", ct);
        if (!isTaken)
        {
            throw new LabException($"{member.Name} cannot be rebuilt: {answer}\n  fix          make down up");
        }
    }

    /// <summary>Hands the primary's role over; returns when the other one leads.</summary>
    /// <exception cref="LabException">Patroni refused, or the other one did not take over.</exception>
    public Task SwitchOverAsync(Member from, Member to, CancellationToken ct) => OrderAsync(
        from, "switchover", new JsonObject { ["leader"] = from.Name, ["candidate"] = to.Name }, $"{from.Name} does not hand over to {to.Name}", ct);

    /// <summary>Restarts a member's PostgreSQL; returns when it runs again.</summary>
    /// <exception cref="LabException">Patroni refused, or it did not come back.</exception>
    public Task RestartAsync(Member member, CancellationToken ct) => OrderAsync(member, "restart", [], $"{member.Name} does not restart", ct);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task OrderAsync(Member member, string path, JsonObject order, string failure, CancellationToken ct)
    {
        var (isTaken, answer) = await SendAsync(member, HttpMethod.Post, path, order.ToJsonString(), ct, Bounds.PlannedWorkDone.Length);
        if (!isTaken)
        {
            throw new LabException($"{failure}: {answer}\n  look         make status");
        }
    }

    private async Task<string> AnyMemberAsync(HttpMethod method, string? body, CancellationToken ct)
    {
        var failures = new List<string>();
        foreach (var member in network.Members)
        {
            var (isTaken, answer) = await SendAsync(member, method, "config", body, ct);
            if (isTaken)
            {
                return answer;
            }

            failures.Add($"  {member.Name,-12} {answer}");
        }

        throw new LabException($"no member's Patroni took {method} /config.\n{string.Join('\n', failures)}\n  fix          make up (repairs the lab)");
    }

    private async Task<(bool IsTaken, string Answer)> SendAsync(Member member, HttpMethod method, string path, string? body, CancellationToken ct, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience ?? ConfigureTimeout);
        try
        {
            using var request = new HttpRequestMessage(method, LabNetwork.Url(member.Host, LabNetwork.Patroni, path));
            var login = $"{Names.RestApi}:{secrets[Names.RestApi]}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, limit.Token);
            var answer = (await response.Content.ReadAsStringAsync(limit.Token)).Trim();
            return response.IsSuccessStatusCode
                ? (true, answer)
                : (false, string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {answer}"));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (false, e.Message);
        }
    }

    private static SortedDictionary<string, string> Flat(string json)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten("", JsonNode.Parse(json), settings);
        return settings;
    }

    private static void Flatten(string prefix, JsonNode? node, SortedDictionary<string, string> into)
    {
        if (node is JsonObject children)
        {
            foreach (var (name, child) in children)
            {
                Flatten(prefix.Length == 0 ? name : $"{prefix}.{name}", child, into);
            }
        }
        else
        {
            into[prefix] = node?.ToString() ?? "";
        }
    }
}
