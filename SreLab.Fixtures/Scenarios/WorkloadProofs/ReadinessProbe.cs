using System.Diagnostics;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Asks every instance of the app whether it is ready: in health, and while the database refuses it.</summary>
internal sealed class ReadinessProbe(BatteryContext context) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(40);

    /// <summary>Longer than the least uptime that the programs are started with.</summary>
    private static readonly TimeSpan LookAfterStart = TimeSpan.FromSeconds(2.5);

    /// <summary>A service that was just started takes long to answer for the first time on a busy machine.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private readonly HttpProbe _probe = new();

    /// <summary>In health.</summary>
    public async Task<IReadOnlyList<ReadinessRecord>> LookAsync(CancellationToken ct) =>
        await Task.WhenAll(context.Workloads.InvoiceApps.Select(async instance =>
        {
            await Awaited.SecondsAsync(
                Bounds.WorkloadReady,
                $"{instance.Name} to be ready",
                async token => await IsAsync(instance.Service, 200, token) && await IsAsync(instance.Proxy, 200, token),
                ct);
            return new ReadinessRecord
            {
                Instance = instance.Name,
                Healthy = await AskAsync(instance.Service, ct),
                HealthyThroughSidecar = await AskAsync(instance.Proxy, ct),
            };
        }));

    /// <summary>While the database refuses the application's role, and after that.</summary>
    /// <param name="healthy">What <see cref="LookAsync"/> saw.</param>
    /// <param name="ct">Ends it; the role may log in again all the same.</param>
    public async Task<IReadOnlyList<ReadinessRecord>> RefuseAsync(IReadOnlyList<ReadinessRecord> healthy, CancellationToken ct)
    {
        var apps = context.Workloads.InvoiceApps;
        List<ReadinessRecord> seen;
        try
        {
            // Before the statement: what it takes counts against the app.
            var falseAfter = Task.WhenAll(apps.Select(a => SecondsUntilAsync(a, 503, ct)));
            await RefusedLogins.BeginAsync(context.Lab, ct);
            var down = await falseAfter;
            seen = [.. healthy.Zip(down, (h, d) => h with { FalseAfterSeconds = d })];
            for (var i = 0; i < apps.Count; i++)
            {
                seen[i] = seen[i] with { FalseReason = await ReasonAsync(apps[i], ct), Refused = await AskInvoicesAsync(apps[i], ct) };
            }

            for (var i = 0; i < apps.Count; i++)
            {
                if (context.Plan.IsWhole)
                {
                    seen[i] = seen[i] with { StartedRefused = await StartRefusedAsync(apps[i], ct) };
                }
            }
        }
        finally
        {
            await RefusedLogins.RepairAsync(context.Lab, CancellationToken.None);
        }

        var up = await Task.WhenAll(apps.Select(a => SecondsUntilAsync(a, 200, ct)));

        // The next probe finds them as this one did.
        var welcome = healthy.Where(h => h.HealthyThroughSidecar.StartsWith("200", StringComparison.Ordinal)).Select(h => h.Instance).ToList();
        await Awaited.SecondsAsync(
            Bounds.WorkloadInRotation,
            $"the load balancer to send requests to {string.Join(", ", welcome)}",
            async token => !welcome.Except(await context.Workloads.InRotationAsync(token)).Any(),
            ct);
        return [.. seen.Zip(up, (s, u) => s with { TrueAfterSeconds = u })];
    }

    /// <inheritdoc />
    public void Dispose() => _probe.Dispose();

    private Task<double?> SecondsUntilAsync(WorkloadInstance instance, int status, CancellationToken ct) =>
        Awaited.SecondsAsync(Bounds.WorkloadReady, $"{instance.Name} to answer /readiness with {status}", token => IsAsync(instance.Service, status, token), ct);

    private async Task<IReadOnlyList<string>> StartRefusedAsync(WorkloadInstance instance, CancellationToken ct)
    {
        await context.Workloads.StopAsync(instance, ct);
        await context.Workloads.StartAsync(instance, ct);
        var answers = new List<string>();
        var clock = Stopwatch.StartNew();
        TimeSpan? answered = null;
        while (clock.Elapsed < (answered ?? LongestSilence) + LookAfterStart)
        {
            var answer = await AnswerAsync(instance.Service, ct);
            answered ??= answer.Status is null ? null : clock.Elapsed;
            if (answers.LastOrDefault() != Describe(answer))
            {
                answers.Add(Describe(answer));
            }

            await Task.Delay(PollInterval, ct);
        }

        return answers;
    }

    private async Task<bool> IsAsync(Uri address, int status, CancellationToken ct) => (await AnswerAsync(address, ct)).Status == status;

    private async Task<string?> ReasonAsync(WorkloadInstance instance, CancellationToken ct) => Reason(await AnswerAsync(instance.Service, ct));

    private async Task<string> AskInvoicesAsync(WorkloadInstance instance, CancellationToken ct) =>
        (await _probe.GetAsync(new Uri(instance.Service, "/invoices?limit=1"), ct)).Describe();

    private async Task<string> AskAsync(Uri address, CancellationToken ct) => Describe(await AnswerAsync(address, ct));

    private Task<HttpAnswer> AnswerAsync(Uri address, CancellationToken ct) =>
        _probe.AskAsync(new HttpQuestion(HttpMethod.Get, new Uri(address, "/readiness")) { Deadline = Deadline }, onNewConnection: true, ct);

    /// <summary>Status, and the reason when there is one.</summary>
    internal static string Describe(HttpAnswer answer) => Reason(answer) is { } reason ? $"{answer.Describe()} {reason}" : answer.Describe();

    private static string? Reason(HttpAnswer answer) =>
        answer.Json() is { ValueKind: System.Text.Json.JsonValueKind.Object } body && body.TryGetProperty("reason", out var reason) ? reason.ToString() : null;
}
