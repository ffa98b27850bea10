using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Asks Patroni, etcd and HAProxy of the embedded lab, one program at a time.</summary>
internal sealed class LocalSources(LabHome home, LabNetwork network) : ILabSources, IDisposable
{
    private const string ReadWriteBackend = "read-write,BACKEND,";
    private const string BackupMetric = "srelab_backup_last_success_timestamp_seconds ";
    private const string FailedMetric = "srelab_backup_last_run_failed ";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(1),
    };

    /// <inheritdoc />
    public Task<ManagerBelief> ManagerAsync(Member member, CancellationToken ct) => AskAsync(
        "Patroni of " + member.Name,
        async () =>
        {
            // 503 on a member that is not running; what it says is what counts.
            using var response = await _http.GetAsync(LabNetwork.Url(member.Host, LabNetwork.Patroni, "patroni"), ct);
            return ParseManager(await response.Content.ReadAsStringAsync(ct));
        },
        ct);

    /// <inheritdoc />
    public Task<bool> KnowsStoreLeaderAsync(Member member, CancellationToken ct) => AskAsync(
        "etcd of " + member.Name,
        async () =>
        {
            // Answered from memory; the health check would wait for a majority.
            using var response = await _http.PostAsJsonAsync(LabNetwork.Url(member.Host, LabNetwork.EtcdClient, "v3/maintenance/status"), new JsonObject(), ct);
            response.EnsureSuccessStatusCode();
            return ParseStoreLeader(await response.Content.ReadAsStringAsync(ct));
        },
        ct);

    /// <inheritdoc />
    public Task<int> ReadWriteServersAsync(CancellationToken ct) => AskAsync(
        "HAProxy",
        async () => ParseActiveServers(await _http.GetStringAsync(LabNetwork.Url(network.Edge, LabNetwork.HaProxyStatus, ";csv"), ct)),
        ct);

    /// <inheritdoc />
    public async Task<bool> ListensAsync(Member member, MemberProgram program, CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(member.Host, program == MemberProgram.Exporter ? LabNetwork.Exporter : LabNetwork.EtcdClient, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async Task<DateTimeOffset?> LastBackupAsync(CancellationToken ct) =>
        File.Exists(home.BackupMetrics) ? ParseBackup(await File.ReadAllTextAsync(home.BackupMetrics, ct)) : null;

    /// <inheritdoc />
    public async Task<bool?> HasLastBackupFailedAsync(CancellationToken ct) =>
        File.Exists(home.BackupMetrics) ? ParseFailed(await File.ReadAllTextAsync(home.BackupMetrics, ct)) : null;

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Reads the answer of <c>GET /patroni</c>; what is not said is not so.</summary>
    internal static ManagerBelief ParseManager(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        return new ManagerBelief(root["pause"]?.GetValue<bool>() ?? false, root["failsafe_mode_is_active"]?.GetValue<bool>() ?? false);
    }

    /// <summary>Reads etcd's status: the leader's id, absent or 0 when there is none.</summary>
    internal static bool ParseStoreLeader(string json) => JsonNode.Parse(json)?["leader"]?.ToString() is { } leader && leader != "0";

    /// <summary>Reads HAProxy's table: column <c>act</c> of the read-write backend.</summary>
    /// <exception cref="LabException">The table has no such backend or no such column.</exception>
    internal static int ParseActiveServers(string csv)
    {
        var lines = csv.Split('\n');
        var column = lines[0].Split(',').IndexOf("act");
        var backend = lines.FirstOrDefault(l => l.StartsWith(ReadWriteBackend, StringComparison.Ordinal));
        return backend is not null && column >= 0
            ? int.Parse(backend.Split(',')[column], CultureInfo.InvariantCulture)
            : throw new LabException("HAProxy's table tells nothing of the read-write endpoint.");
    }

    /// <summary>Reads the moment that was noted.</summary>
    internal static DateTimeOffset? ParseBackup(string metrics) =>
        ParseValue(metrics, BackupMetric) is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>Reads how the last backup went; what is not noted is not known.</summary>
    internal static bool? ParseFailed(string metrics) => ParseValue(metrics, FailedMetric) is { } value ? value > 0 : null;

    private static double? ParseValue(string metrics, string name) =>
        metrics.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[name.Length..], CultureInfo.InvariantCulture)
            : null;

    private static async Task<T> AskAsync<T>(string who, Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new LabException($"{who} does not answer: {e.Message}", e);
        }
    }
}
