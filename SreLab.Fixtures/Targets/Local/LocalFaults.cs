using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Breaks members of the embedded lab: signals to processes that are proved to be the lab's.</summary>
internal sealed class LocalFaults(LabProcesses processes, SupervisorClient supervisor, EtcdClient etcd, PatroniClient patroni, LabVolume volume) : ILabFaults
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public Task<string> KillPostmasterAsync(Member member, CancellationToken ct)
    {
        var postmaster = processes.Postmaster(member)
            ?? throw new LabException($"fault refused: {member.Name} has no running postmaster to kill.\n  fix          make up (repairs the lab)");
        Send([postmaster]);
        return Task.FromResult($"SIGKILL to {Text(postmaster)}");
    }

    /// <inheritdoc />
    public Task<string> KillMemberAsync(Member member, CancellationToken ct)
    {
        // Everything is looked up first and signalled after that, so that the member is gone within a moment, as a machine is.
        // Patroni comes first: it must not see PostgreSQL die and hand the lease over.
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
        if (postmaster is null || recorded.Count < names.Length)
        {
            throw new LabException(
                $"fault refused: {member.Name} is not whole, so killing it would prove nothing.\n" +
                $"  running      {string.Join(", ", victims.Select(Text))}\n" +
                "  fix          make up (repairs the lab)");
        }

        Send(victims);
        var backends = victims.Count(v => v.Name == "postgres");
        return Task.FromResult(string.Create(
            CultureInfo.InvariantCulture,
            $"SIGKILL to {string.Join(", ", recorded.Append(postmaster).Select(Text))} and {backends} backends"));
    }

    /// <inheritdoc />
    public Task<string> KillProgramAsync(Member member, MemberProgram program, CancellationToken ct)
    {
        var name = program == MemberProgram.ConsensusStore ? ProgramNames.Etcd(member) : ProgramNames.Exporter(member);
        var victim = processes.Find(name) ?? throw new LabException($"fault refused: {name} does not run.\n  fix          make up (repairs the lab)");
        Send([victim]);
        return Task.FromResult($"SIGKILL to {Text(victim)}");
    }

    /// <inheritdoc />
    public string? WhyNoVolume => LabVolume.WhyNot;

    /// <inheritdoc />
    public Task<string> MakeVolumeAsync(long bytes, CancellationToken ct) => Task.FromResult(volume.Mount(bytes));

    /// <inheritdoc />
    public Task RemoveVolumeAsync(CancellationToken ct)
    {
        volume.Unmount();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StartMemberAsync(Member member, CancellationToken ct)
    {
        // The supervisor may not have noticed yet that a program is dead; until it has, it would refuse to start it.
        await Wait.UntilAsync(
            Bounds.SupervisorAnswers,
            $"the supervisor to have noticed which programs of {member.Name} are dead",
            async token =>
            {
                var programs = await supervisor.ProgramsAsync(token);
                var unnoticed = ProgramNames.OfMember(member)
                    .Where(name => programs?.FirstOrDefault(p => p.Name == name) is not { } p || (p.IsUp && processes.Find(name) is null) || !(p.IsUp || p.IsDown))
                    .ToArray();
                return (unnoticed.Length == 0 ? "noticed" : null, programs is null ? "no answer" : string.Join(", ", unnoticed));
            },
            PollInterval,
            ct);

        await supervisor.StartAsync(ProgramNames.Etcd(member), ct);
        await Wait.UntilAsync(
            Bounds.StoreHealthy,
            $"etcd of {member.Name} to be healthy",
            async token => (await etcd.IsHealthyAsync(member, token) ? "healthy" : null, await StartAgainAsync(ProgramNames.Etcd(member), token)),
            PollInterval,
            ct);
        await supervisor.StartAsync(ProgramNames.Patroni(member), ct);
        await supervisor.StartAsync(ProgramNames.Exporter(member), ct);
    }

    /// <inheritdoc />
    public Task RebuildMemberAsync(Member member, CancellationToken ct) => patroni.ReinitializeAsync(member, ct);

    /// <inheritdoc />
    public Task<double?> LeaseLeftSecondsAsync(CancellationToken ct) => etcd.LeaderLeaseSecondsAsync(ct);

    /// <summary>A program started right after its kill may find its address still taken and end at once; nobody else starts it again.</summary>
    private async Task<string> StartAgainAsync(string program, CancellationToken ct)
    {
        var state = (await supervisor.ProgramsAsync(ct))?.FirstOrDefault(p => p.Name == program);
        if (state is { IsDown: true })
        {
            await supervisor.StartAsync(program, ct);
        }

        return $"not healthy; the supervisor says {state?.State ?? "nothing"}";
    }

    private static void Send(IReadOnlyList<LabProcess> victims)
    {
        foreach (var victim in victims)
        {
            victim.Process.Signal(Signal.Kill);
        }
    }

    private static string Text(LabProcess process) => string.Create(CultureInfo.InvariantCulture, $"{process.Name} pid {process.Process.Pid}");
}
