using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local.Backups;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>A process of the lab that was seen alive.</summary>
/// <param name="Name">Record name.</param>
/// <param name="Process">Which process.</param>
/// <param name="Gentle">The signal that lets it end in order.</param>
internal sealed record LabProcess(string Name, ProcessIdentity Process, Signal Gentle)
{
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Name} (pid {Process.Pid})");
}

/// <summary>Which processes are this lab's, proved by what was recorded when they started.</summary>
internal sealed class LabProcesses(LabHome home, LabNetwork network, string labId)
{
    /// <summary>The records below the lab's folder.</summary>
    public ProcessRecords Records { get; } = new(home.Pids);

    /// <summary>Every process of the lab that is alive: recorded ones, their process groups, and the postmasters.</summary>
    public IReadOnlyList<LabProcess> Alive()
    {
        var table = ProcessStat.ReadAll().Where(p => p.IsAlive).ToDictionary(p => p.Pid);
        var found = new Dictionary<int, LabProcess>();
        foreach (var record in Records.ReadAll())
        {
            var isLeaderOurs = table.TryGetValue(record.Process.Pid, out var leader) && leader.StartTicks == record.Process.StartTicks;
            if (isLeaderOurs)
            {
                // To a postmaster the usual signal means to wait for its clients.
                var isServer = record.Name.StartsWith(ProgramNames.Restored(""), StringComparison.Ordinal);
                found[record.Process.Pid] = new LabProcess(record.Name, record.Process, isServer ? Signal.Interrupt : Signal.Terminate);
            }

            // What a dead program left in its process group (a base backup, for example) is ours when it carries the lab's mark:
            // the number of the group alone could have been given to somebody else since.
            foreach (var stray in table.Values.Where(p => p.GroupId == record.Process.Pid && !found.ContainsKey(p.Pid)))
            {
                if (isLeaderOurs || ProcessStat.HasEnvironment(stray.Pid, SupervisorConfiguration.EnvironmentMark(labId)))
                {
                    found[stray.Pid] = new LabProcess(record.Name + "-child", stray.Identity, Signal.Terminate);
                }
            }
        }

        foreach (var member in network.Members)
        {
            if (Postmaster(member) is { } postmaster)
            {
                found[postmaster.Process.Pid] = postmaster;
            }
        }

        // Backends outlive a killed postmaster for moments, each in a group of its own; their working folder tells whose they are.
        string[] folders = [.. network.Members.Select(m => home.MemberData(m.Name)), .. RestoredFiles.DataFolders(home)];
        foreach (var stray in table.Values.Where(p => p.Name == "postgres" && !found.ContainsKey(p.Pid) && folders.Any(f => IsServerOf(p.Pid, f))))
        {
            found[stray.Pid] = new LabProcess("postgres-child", stray.Identity, Signal.Interrupt);
        }

        return [.. found.Values];
    }

    /// <summary>The process of this record name, when it is alive.</summary>
    public LabProcess? Find(string name) => Records.Read(name) is { Process.IsAlive: true } record
        ? new LabProcess(name, record.Process, Signal.Terminate)
        : null;

    /// <summary>Whether a process carries the lab's mark, or works below its folder as PostgreSQL does, which hides the environment that it was given.</summary>
    public bool Owns(int pid) =>
        ProcessStat.HasEnvironment(pid, SupervisorConfiguration.EnvironmentMark(labId))
        || (ProcessStat.Link(pid, "cwd") is { } folder && folder.StartsWith(home.Root + "/", StringComparison.Ordinal));

    /// <summary>PostgreSQL's postmaster of a member, when it is alive.</summary>
    /// <remarks>
    /// Patroni starts it, so it has no record of ours but PostgreSQL's own, in a data folder that only our user can write. The
    /// number there counts only if that process is a postgres that works in this very folder: nobody else's can be.
    /// </remarks>
    public LabProcess? Postmaster(Member member)
    {
        var data = home.MemberData(member.Name);
        return PostmasterFile.Read(data) is { } file && ProcessStat.Read(file.Pid) is { IsAlive: true } stat && IsServerOf(file.Pid, data)
            ? new LabProcess(ProgramNames.Postmaster(member), stat.Identity, Signal.Interrupt)
            : null;
    }

    /// <summary>A postmaster with everything that it forked.</summary>
    public static IReadOnlyList<ProcessStat> ChildrenOf(int pid) => [.. ProcessStat.ReadAll().Where(p => p.ParentPid == pid)];

    private static bool IsServerOf(int pid, string dataFolder) =>
        ProcessStat.Link(pid, "cwd") is { } folder && (folder == dataFolder || folder == dataFolder + " (deleted)")
        && ProcessStat.Link(pid, "exe") is { } program && Path.GetFileName(program).StartsWith("postgres", StringComparison.Ordinal);
}
