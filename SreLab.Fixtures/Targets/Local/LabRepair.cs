using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Scenarios.Disturbances;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Makes a lab that was whole once whole again, and says what it mended.</summary>
internal sealed class LabRepair(LocalLab lab, LabMarker marker, IProgressLog progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Mends what is broken.</summary>
    /// <returns>One sentence for each repair; empty when everything was whole.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        var repairs = new List<string>();
        await EndOrphansAsync(repairs, ct);

        // Before anything is asked: what is stopped answers nobody.
        var thawed = lab.LocalMachines.Thaw();
        if (thawed > 0)
        {
            repairs.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{thawed} stopped processes, left over from a fault, were let go on"));
        }

        repairs.AddRange(lab.LocalMachines.PutWalBack());
        var bringUp = new BringUp(lab, progress);
        if (await lab.Supervisor.ProgramsAsync(ct) is null)
        {
            await RestartAsync(bringUp, repairs, ct);
        }

        if (await lab.LocalBackups.RecoverAsync(progress, ct))
        {
            repairs.Add("all members and their data had been lost, and were restored from the repository");
        }

        if ((await lab.Supervisor.ProgramsAsync(ct) ?? []).Where(p => !p.IsUp || lab.Processes.Find(p.Name) is null).ToArray() is { Length: > 0 } dead)
        {
            await WaitUntilNoticedAsync(dead, ct);
            repairs.AddRange(dead.Select(p => $"{p.Name} did not run and was started"));
            await bringUp.StartAsync([.. dead.Select(p => p.Name)], ct);
        }

        repairs.AddRange(await lab.LocalMachines.UndoAsync(ct));

        // Before anything is waited for: a cluster that is paused, or whose standbys may not log in, never becomes whole.
        repairs.AddRange(await LeftOvers.UndoAsync(lab, progress, ct));

        var look = await Readiness.LookAsync(lab, ct);
        if (!look.IsWhole)
        {
            if (repairs.Count == 0)
            {
                repairs.Add($"the cluster healed by itself while it was waited for; it lacked {look.Missing}");
            }

            try
            {
                await bringUp.WaitUntilWholeAsync(isNew: false, Bounds.StandbyFollows, ct);
            }
            catch (LabException)
            {
                await RebuildAsync(repairs, ct);
                await bringUp.WaitUntilWholeAsync(isNew: false, Bounds.ClusterReady, ct);
            }
        }

        foreach (var repair in repairs)
        {
            progress.Say("repaired: " + repair);
        }

        return repairs;
    }

    /// <summary>A standby whose history left the primary's, or whose WAL is gone, never follows by itself: its data is copied anew.</summary>
    private async Task RebuildAsync(List<string> repairs, CancellationToken ct)
    {
        var state = await lab.GetClusterStateAsync(ct);
        if (state.Primary is null)
        {
            return;
        }

        foreach (var stuck in state.Members.Where(m => m.Role != Role.Primary && !(m.IsStreaming && m.Timeline == state.Primary.Timeline)))
        {
            progress.Say($"{stuck.Describe()} does not follow; copying the primary's data to it");
            await lab.Faults.RebuildMemberAsync(stuck.Member, ct);
            repairs.Add($"{stuck.Member.Name} could not follow the primary and was rebuilt from it");
        }
    }

    /// <summary>Programs of a run that is gone (a benchmark whose test process was killed) would load the next run's cluster.</summary>
    private async Task EndOrphansAsync(List<string> repairs, CancellationToken ct)
    {
        foreach (var orphan in lab.Processes.Records.ReadAll().Where(r => r.IsOrphan))
        {
            if (orphan.Process.Signal(Signal.Kill))
            {
                await Wait.UntilAsync(
                    Bounds.KilledProcessGone,
                    $"{orphan.Name} to end",
                    _ => Task.FromResult((orphan.Process.IsAlive ? null : "ended", "alive")),
                    PollInterval,
                    ct);
                repairs.Add($"{orphan.Name} of a run that is gone was ended");
            }

            lab.Processes.Records.Forget(orphan.Name);
        }
    }

    /// <summary>Programs whose supervisor is gone cannot be adopted: they are ended in order and started again on their data.</summary>
    private async Task RestartAsync(BringUp bringUp, List<string> repairs, CancellationToken ct)
    {
        progress.Say("the supervisor does not run; ending what it left and starting again");
        var ended = await new TearDown(lab.Home, lab.Network, marker, progress).EndAllAsync(ct);
        Requirements.Demand(await Requirements.CheckForUpAsync(lab.Home, lab.Network, ct));
        await bringUp.StartSupervisorAsync(ct);
        string[] programs = [.. ProgramNames.Of(lab.Home, lab.Network), .. lab.LocalWorkloads.Programs(), .. lab.LocalBackups.Programs()];

        // Members that lost their data would make an empty cluster: their recovery starts them.
        await bringUp.StartAsync(lab.LocalBackups.IsLost ? [.. programs.Except(lab.Members.SelectMany(ProgramNames.OfMember))] : programs, ct);
        repairs.Add($"the supervisor did not run: {ended} left-over processes were ended, and everything was started again with its data");
    }

    private Task<string> WaitUntilNoticedAsync(IReadOnlyList<SupervisedProgram> dead, CancellationToken ct) => Wait.UntilAsync(
        Bounds.SupervisorAnswers,
        "the supervisor to have noticed which programs are dead",
        async token =>
        {
            var names = dead.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var unsettled = (await lab.Supervisor.ProgramsAsync(token))?
                .Where(p => names.Contains(p.Name) && !p.IsDown && !(p.IsUp && lab.Processes.Find(p.Name) is not null))
                .Select(p => $"{p.Name} {p.State}").ToArray();
            return (unsettled is { Length: 0 } ? "noticed" : null, unsettled is null ? "no answer" : string.Join(", ", unsettled));
        },
        PollInterval,
        ct);
}
