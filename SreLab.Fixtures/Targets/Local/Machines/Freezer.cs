using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Stops processes of the lab in their tracks, and lets them go on. What is stopped is found by looking, so a later process can thaw what a killed one froze.</summary>
internal sealed class Freezer(LabProcesses processes)
{
    // What forks while it is being stopped is found by the next look.
    private const int Looks = 5;

    /// <summary>Stops the part's processes, parents first.</summary>
    /// <returns>What was stopped.</returns>
    public IReadOnlyList<LabProcess> Stop(Member member, FrozenPart part)
    {
        var stopped = new Dictionary<int, LabProcess>();
        for (var look = 0; look < Looks; look++)
        {
            foreach (var process in Of(member, part).Where(p => !stopped.ContainsKey(p.Process.Pid)))
            {
                process.Process.Signal(Signal.Stop);
                stopped[process.Process.Pid] = process;
            }
        }

        return [.. stopped.Values];
    }

    /// <summary>Stops one program.</summary>
    /// <returns>What was stopped; null when it does not run.</returns>
    public LabProcess? Stop(string program)
    {
        var found = processes.Find(program);
        found?.Process.Signal(Signal.Stop);
        return found;
    }

    /// <summary>Whether there is such a process, and every one is stopped.</summary>
    public bool IsStopped(Member member, FrozenPart part) =>
        Of(member, part) is { Count: > 0 } found && found.All(p => ProcessStat.Read(p.Process.Pid) is null or { IsStopped: true } or { IsAlive: false });

    /// <summary>Lets everything of the lab go on that is stopped.</summary>
    /// <returns>How many processes were.</returns>
    public int Thaw() => processes.Alive().Count(p => ProcessStat.Read(p.Process.Pid) is { IsStopped: true } && p.Process.Signal(Signal.Continue));

    private List<LabProcess> Of(Member member, FrozenPart part) => part switch
    {
        FrozenPart.Postgres => ServerOf(member),
        FrozenPart.Patroni => Programs(ProgramNames.Patroni(member)),
        FrozenPart.WalReceiver => [.. ServerOf(member).Where(p => ProcessStat.CommandLine(p.Process.Pid).Contains("walreceiver", StringComparison.Ordinal))],
        _ => [.. Programs(ProgramNames.Patroni(member), ProgramNames.Reaper(member)), .. ServerOf(member), .. Programs(ProgramNames.Etcd(member), ProgramNames.Exporter(member))],
    };

    private List<LabProcess> Programs(params string[] names) => [.. names.Select(processes.Find).OfType<LabProcess>()];

    /// <summary>The postmaster, then everything below it.</summary>
    private List<LabProcess> ServerOf(Member member)
    {
        if (processes.Postmaster(member) is not { } postmaster)
        {
            return [];
        }

        var table = ProcessStat.ReadAll().Where(p => p.IsAlive).ToLookup(p => p.ParentPid);
        var found = new List<LabProcess> { postmaster };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(table[found[i].Process.Pid].Select(p => new LabProcess("postgres", p.Identity, Signal.Kill)));
        }

        return found;
    }
}
