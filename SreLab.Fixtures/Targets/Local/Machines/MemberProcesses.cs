using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Every process of one member, in the order in which a lost machine's must be signalled.</summary>
internal static class MemberProcesses
{
    /// <summary>Looks all of them up before any is signalled, so that the member is gone within a moment, as a machine is.</summary>
    /// <remarks>Patroni comes first: it must not see PostgreSQL die and hand the lease over.</remarks>
    /// <exception cref="LabException">The member is not whole: killing it would prove nothing.</exception>
    public static IReadOnlyList<LabProcess> Of(LabProcesses processes, Member member)
    {
        var victims = new List<LabProcess>();
        string[] names = [ProgramNames.Patroni(member), ProgramNames.Reaper(member), ProgramNames.Etcd(member), ProgramNames.Exporter(member)];
        var recorded = names.Select(processes.Find).OfType<LabProcess>().ToList();
        var postmaster = processes.Postmaster(member);
        var table = ProcessStat.ReadAll();
        victims.AddRange(recorded.Take(1));
        if (postmaster is not null)
        {
            victims.Add(postmaster);
            victims.AddRange(table.Where(p => p.ParentPid == postmaster.Process.Pid).Select(p => new LabProcess("postgres", p.Identity, Signal.Kill)));
        }

        victims.AddRange(recorded.Skip(1));
        var leaders = recorded.Select(r => r.Process.Pid).ToHashSet();
        victims.AddRange(table.Where(p => leaders.Contains(p.GroupId) && !leaders.Contains(p.Pid)).Select(p => new LabProcess("child", p.Identity, Signal.Kill)));
        return postmaster is null || recorded.Count < names.Length
            ? throw new LabException(
                $"fault refused: {member.Name} is not whole, so killing it would prove nothing.\n" +
                $"  running      {string.Join(", ", victims.Select(v => v.Describe()))}\n" +
                "  fix          make up (repairs the lab)")
            : victims;
    }

    /// <summary>What was signalled, for the evidence.</summary>
    public static string Describe(IReadOnlyList<LabProcess> victims) => string.Create(
        CultureInfo.InvariantCulture,
        $"SIGKILL to {string.Join(", ", victims.Where(v => v.Name is not ("postgres" or "child")).Select(v => v.Describe()))} and {victims.Count(v => v.Name == "postgres")} backends");
}
