using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A defect of the monitoring itself: a file of it is changed, and put back afterwards.</summary>
internal abstract class AlertPlant : Plant
{
    public override PlantPoint Point => PlantPoint.BeforeAlerts;

    public override string SpecClass => "When_every_alert_is_caused";

    /// <summary>Two quick alerts: the one that the defect silences, and one beside it.</summary>
    public override IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        [SettingNames.Alerts] = "ConnectionsHigh,ReplicationLagHigh",
        [SettingNames.QuietSeconds] = "5",
    };

    /// <summary>Which file is changed.</summary>
    protected abstract MonitoringFile File { get; }

    /// <summary>The file with the defect.</summary>
    protected abstract string Spoil(string text);

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var sound = await lab.Monitoring.ReadAsync(File, ct);
        var spoilt = Spoil(sound);
        if (spoilt == sound)
        {
            throw new LabException($"plant {Id} refused: the lab's {File} have no place for it.\n  look at      observability/");
        }

        await lab.Monitoring.ReplaceAsync(File, spoilt, ct);
        return TakenBackBy(() => lab.Monitoring.ReplaceAsync(File, sound, CancellationToken.None), progress);
    }
}
