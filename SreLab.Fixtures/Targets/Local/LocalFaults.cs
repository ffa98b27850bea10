using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Breaks members of the embedded lab: signals to processes that are proved to be the lab's.</summary>
internal sealed class LocalFaults(LabProcesses processes, MemberStart start, EtcdClient etcd, PatroniClient patroni, LabVolume volume, LocalMachines machines) : ILabFaults
{
    /// <inheritdoc />
    public Task<string> KillPostmasterAsync(Member member, CancellationToken ct)
    {
        var postmaster = processes.Postmaster(member)
            ?? throw new LabException($"fault refused: {member.Name} has no running postmaster to kill.\n  fix          make up (repairs the lab)");
        Send([postmaster]);
        return Task.FromResult($"SIGKILL to {postmaster.Describe()}");
    }

    /// <inheritdoc />
    public Task<string> KillMemberAsync(Member member, CancellationToken ct)
    {
        var victims = MemberProcesses.Of(processes, member);
        Send(victims);
        return Task.FromResult(MemberProcesses.Describe(victims));
    }

    /// <inheritdoc />
    public Task<string> KillProgramAsync(Member member, MemberProgram program, CancellationToken ct)
    {
        var name = program == MemberProgram.ConsensusStore ? ProgramNames.Etcd(member) : ProgramNames.Exporter(member);
        var victim = processes.Find(name) ?? throw new LabException($"fault refused: {name} does not run.\n  fix          make up (repairs the lab)");
        Send([victim]);
        return Task.FromResult($"SIGKILL to {victim.Describe()}");
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
    public Task StartMemberAsync(Member member, CancellationToken ct) => start.StartAsync([member], ct);

    /// <inheritdoc />
    public Task RebuildMemberAsync(Member member, CancellationToken ct) => patroni.ReinitializeAsync(member, ct);

    /// <inheritdoc />
    public Task<double?> LeaseLeftSecondsAsync(CancellationToken ct) => etcd.LeaderLeaseSecondsAsync(ct);

    /// <inheritdoc />
    public ILabMachines? Machines => machines;

    /// <inheritdoc />
    public ILabOperations? Operations { get; } = new LocalOperations(patroni);

    private static void Send(IReadOnlyList<LabProcess> victims)
    {
        foreach (var victim in victims)
        {
            victim.Process.Signal(Signal.Kill);
        }
    }
}
