using System.Net;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Ends what a lab started, as recorded: first in order, then what is left.</summary>
internal sealed class TearDown(LabHome home, LabNetwork network, LabMarker marker, IProgressLog progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly LabProcesses _processes = new(home, network, marker.Id);

    /// <summary>Ends every process of the lab.</summary>
    /// <returns>How many were alive before.</returns>
    public async Task<int> EndAllAsync(CancellationToken ct)
    {
        var alive = _processes.Alive();
        if (alive.Count == 0)
        {
            return 0;
        }

        var segments = network.Members.Select(m => PostmasterFile.Read(home.MemberData(m.Name))?.SharedMemoryId).OfType<int>().ToArray();
        progress.Say($"ending {alive.Count} processes");

        // A stopped one obeys no signal but the last.
        new Freezer(_processes).Thaw();
        await StopThroughSupervisorAsync(ct);
        await EndAsync(Signal.Terminate, Bounds.ProcessEnds, ct);
        await EndAsync(Signal.Kill, Bounds.KilledProcessGone, ct);

        // A killed postmaster leaves the segment that guards its data folder; it goes with the folder.
        foreach (var segment in segments)
        {
            Posix.RemoveSharedMemory(segment);
        }

        return alive.Count;
    }

    /// <summary>Removes the lab's folder with its volume. Nothing of another file system that is mounted in it is ever removed.</summary>
    /// <exception cref="LabException">A file system that this lab did not mount is there; nothing was removed.</exception>
    public void RemoveFolder()
    {
        var volume = new LabVolume(home, marker.Id);
        var wal = new WalVolume(home, network, marker.Id);
        if (Mounts.Below(home.Root).FirstOrDefault(m => !volume.Owns(m) && !wal.Owns(m)) is { } foreign)
        {
            throw new LabException(
                $"{foreign.Path} is a file system that this lab did not mount ({foreign.Type} {foreign.Source}); nothing was touched.\n  fix          unmount it, then repeat");
        }

        volume.Unmount();
        wal.Unmount(isKept: false);

        // Nobody but root can remove what is in a folder that may not be written to.
        BackupFiles.StoredBackups(home).Open();
        Directory.Delete(home.Root, recursive: true);
    }

    /// <summary>Processes of the lab that are still alive, for people.</summary>
    public IReadOnlyList<string> Remaining() => [.. _processes.Alive().Select(p => p.Describe())];

    /// <summary>Addresses of the lab on which something listens.</summary>
    public static IReadOnlyList<string> RemainingListeners(LabNetwork network)
    {
        var listeners = Listeners.ReadAll().Where(l => l.Protocol == "tcp").ToArray();
        return [.. network.Addresses.Concat(network.WorkloadAddresses).Concat(network.RestoreAddresses).Append(network.Grafana).Where(a => listeners.Any(l => l.Port == a.Port && l.Address.Equals(IPAddress.Parse(a.Host)))).Select(a => a.ToString())];
    }

    private async Task StopThroughSupervisorAsync(CancellationToken ct)
    {
        using var supervisor = new SupervisorClient(home.SupervisorSocket);
        try
        {
            if (await supervisor.ProgramsAsync(ct) is not { } programs)
            {
                return;
            }

            // Patroni first: while the store lives it can stop PostgreSQL and give its lease back.
            var patronis = network.Members.Select(ProgramNames.Patroni).ToHashSet(StringComparer.Ordinal);
            await supervisor.StopAllAsync([.. programs.Where(p => p.IsUp && patronis.Contains(p.Name)).Select(p => p.Name)], ct);
            await supervisor.StopAllAsync([.. programs.Where(p => p.IsUp && !patronis.Contains(p.Name)).Select(p => p.Name)], ct);
            await supervisor.ShutdownAsync(ct);
        }
        catch (Exception e) when (e is LabException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            progress.Say($"the supervisor did not stop everything ({e.Message.Split('\n')[0]}); ending the rest by pid");
        }
    }

    private async Task EndAsync(Signal signal, Bound bound, CancellationToken ct)
    {
        foreach (var process in _processes.Alive())
        {
            process.Process.Signal(signal == Signal.Kill ? Signal.Kill : process.Gentle);
        }

        try
        {
            await Wait.UntilAsync(
                bound,
                "processes to end",
                _ => Task.FromResult((_processes.Alive().Count == 0 ? "ended" : null, string.Join(", ", Remaining()))),
                PollInterval,
                ct);
        }
        catch (LabException e)
        {
            // A process that ignores the gentle signal is killed next; one that survives that is reported by the caller.
            progress.Say(e.Message.Split('\n')[0]);
        }
    }
}
