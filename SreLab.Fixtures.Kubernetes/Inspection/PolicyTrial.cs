using System.Globalization;
using k8s;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Two pods that differ by their labels alone call the database: the policies let one of them.</summary>
/// <param name="parts">Where the lab is.</param>
internal sealed class PolicyTrial(LabParts parts)
{
    private const string PartOf = "app.kubernetes.io/part-of";
    private const int Port = 5432;
    private const int Attempts = 8;

    // As timeout(1) ends.
    private const string TimedOut = "124";

    private static readonly Dictionary<string, string> Client = new() { [PartOf] = "srelab", ["app.kubernetes.io/component"] = "bench" };
    private static readonly Dictionary<string, string> Stranger = new() { [PartOf] = "srelab-suite" };

    /// <summary>Makes both calls at the same time.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct)
    {
        var service = await parts.Client.CoreV1.ReadNamespacedServiceAsync($"{parts.Cluster}-rw", parts.Spaces.Database, cancellationToken: ct);
        var image = parts.Clusters.Find(parts.Cluster)?.Status.Image ?? throw new LabException($"the cluster {parts.Cluster} does not say which image it runs");
        var to = string.Create(CultureInfo.InvariantCulture, $"{service.Metadata.Name}:{Port}");
        var script = Script(service.Spec.ClusterIP);
        var calls = await Task.WhenAll(CallAsync("client", Client, true), CallAsync("stranger", Stranger, false));
        return record with { Calls = calls };

        async Task<CallRecord> CallAsync(string role, Dictionary<string, string> labels, bool mayPass) => new(
            mayPass ? $"a pod of {parts.Spaces.Database} labelled as a client" : $"a pod of {parts.Spaces.Database} without a client's labels",
            to,
            mayPass,
            AttemptsOf(await TrialPod.RunAsync(parts.Client, parts.Spaces.Database, TrialPod.Make(role, labels, image, script), ct)));
    }

    /// <summary>Measures whether the network enforces policies.</summary>
    /// <returns>Why nothing can be cut by one; null when they are enforced.</returns>
    /// <exception cref="LabException">Neither pod could call: that tells nothing.</exception>
    public async Task<string?> WhyNotEnforcedAsync(CancellationToken ct)
    {
        var record = await RunAsync(new PlatformRecord { StartedUtc = DateTimeOffset.UtcNow }, ct);
        return WhyNotEnforced(record.Calls ?? []);
    }

    /// <summary>What two calls tell.</summary>
    internal static string? WhyNotEnforced(IReadOnlyList<CallRecord> calls)
    {
        if (!calls.Any(c => c.MayPass && c.Attempts.Contains(CallRecord.Connected, StringComparer.Ordinal)))
        {
            throw new LabException("nobody knows whether the network enforces policies: the pod that may call the database did not get through either.\n  repeat       make platform");
        }

        return calls.FirstOrDefault(c => !c.MayPass && c.Attempts.Contains(CallRecord.Connected, StringComparer.Ordinal)) is { } passed
            ? $"the cluster's network enforces no policies: {passed.From} reached {passed.To}"
            : null;
    }

    /// <summary>The outcome of each attempt, from what the script printed.</summary>
    internal static IReadOnlyList<string> AttemptsOf(string output) =>
    [
        .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(l => l.StartsWith("attempt ", StringComparison.Ordinal))
            .Select(l => l["attempt ".Length..] switch { "0" => CallRecord.Connected, TimedOut => "timed out", _ => "refused" }),
    ];

    private static string Script(string host) => string.Create(
        CultureInfo.InvariantCulture,
        $"for i in $(seq {Attempts}); do timeout 3 bash -c 'exec 3<>/dev/tcp/{host}/{Port}' 2>/dev/null; echo \"attempt $?\"; sleep 1; done");
}
