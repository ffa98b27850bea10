using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bank;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A defect that shows beside a killed postmaster.</summary>
internal abstract class FaultPlant : Plant
{
    public override PlantPoint Point => PlantPoint.BeforeFault;

    public override string SpecClass => "When_the_postmaster_of_the_primary_is_killed";
}

/// <summary>Half of a transfer is committed.</summary>
internal sealed class HalfTransfer : FaultPlant
{
    public override string Id => "half-transfer";

    public override string Defect => "one account of the bank is debited, and nobody is credited";

    public override IReadOnlyList<string> MustBeRed => ["Every_read_on_every_member_shows_whole_transactions_only"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"update {BankTable.Name} set balance = balance - 1 where account = 1", ct);
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}

/// <summary>Readers are sent to a standby that does not replay.</summary>
internal sealed class StaleStandby : FaultPlant
{
    /// <summary>Both standbys are asked in turn, a second each: long enough for several turns.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);

    public override string Id => "stale-standby";

    public override string Defect => "for five seconds a healthy standby serves readers and replays nothing";

    public override IReadOnlyList<string> MustBeRed => ["The_read_only_endpoint_shows_fresh_data_once_it_is_over"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var standby = await Standby.StreamingAsync(lab, ct);
        try
        {
            await using var held = await HeldReplay.StartAsync(lab, standby, ct);
            await Task.Delay(Lasts, ct);
        }
        finally
        {
            await HeldReplay.ResetAsync(lab, standby, CancellationToken.None);
        }

        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}

/// <summary>A server crashes without a fault.</summary>
internal sealed class CrashedServer : FaultPlant
{
    public override string Id => "crashed-server";

    public override string Defect => "a process of a healthy standby's server ends with a segmentation fault before the kill";

    public override IReadOnlyList<string> MustBeRed => ["Members_log_nothing_that_it_does_not_explain"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var standby = await Standby.StreamingAsync(lab, ct);
        await using (var session = ProvenConnections.Create(lab.ConnectionString(Place.On(standby), DatabaseUser.Admin)))
        {
            await session.OpenAsync(ct);

            // The process that serves this very session, as the server itself names it.
            Posix.Kill(session.ProcessID, Signal.SegmentationFault);
        }

        // The server ends all its processes and starts over; who asks at once sees it as it was.
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        await Standby.StreamsAgainAsync(lab, standby, ct);
        return TakenBackBy(() => Task.CompletedTask, progress);
    }
}

/// <summary>The cluster manager waits too long for a lost primary.</summary>
internal sealed class LongLease : FaultPlant
{
    private const int Seconds = 45;

    public override string Id => "long-lease";

    public override string Defect => "a lease lives 45 s, so that nobody takes over from a lost member for that long";

    public override string SpecClass => "When_the_member_that_leads_is_killed";

    public override IReadOnlyList<string> MustBeRed => ["Writes_resume_within_the_objective"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var before = (await lab.GetDynamicSettingsAsync(ct))["ttl"];
        await lab.ConfigureAsync(new Dictionary<string, string?> { ["ttl"] = FormattableString.Invariant($"{Seconds}") }, ct);
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            "a lease of more than 30 s",
            async token =>
            {
                var left = await lab.Faults.LeaseLeftSecondsAsync(token);
                return (left > 30 ? "long" : null, FormattableString.Invariant($"{left:0.0} s"));
            },
            TimeSpan.FromMilliseconds(200),
            ct);
        return TakenBackBy(() => lab.ConfigureAsync(new Dictionary<string, string?> { ["ttl"] = before }, CancellationToken.None), progress);
    }
}
