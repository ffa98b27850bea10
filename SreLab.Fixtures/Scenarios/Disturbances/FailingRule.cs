using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A rule that Prometheus takes and cannot evaluate.</summary>
internal sealed class FailingRule : Disturbance
{
    /// <summary>The rule behind the alert counts failures of the last minute.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>After a reload Prometheus looks for its Alertmanager for 5 s and drops what fires meanwhile; the rule is to fail after that.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(12);

    private string? _whole;
    private bool _isHealed;
    private TimeSpan? _failedAt;

    public override string Name => "failing-rule";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("RuleEvaluationFailing", "Prometheus reports an error of a rule, or has within the last minute", HoldsAsync),
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        var from = (DateTimeOffset.UtcNow + Delay).ToUnixTimeSeconds();
        _whole = await context.Lab.Monitoring.ReadAsync(MonitoringFile.Rules, ct);
        await context.Lab.Monitoring.ReplaceAsync(
            MonitoringFile.Rules, RuleAssembly.WithRecordingRule(_whole, "srelab:failing", $"up * on () (up and on () vector(time()) > {from})"), ct);
        return "a recording rule added that will join many series to many";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_whole is not null)
        {
            await context.Lab.Monitoring.ReplaceAsync(MonitoringFile.Rules, _whole, ct);
            _isHealed = true;
        }
    }

    private async Task<bool> HoldsAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (!_isHealed && (await context.Lab.Monitoring.GetRulesAsync(ct)).Any(r => r.Health == "err"))
        {
            _failedAt = context.Clock.Elapsed;
        }

        return _failedAt is { } failed && context.Clock.Elapsed - failed < Window;
    }
}
