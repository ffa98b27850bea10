using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Freezes, cuts and loses the members of the embedded lab, and fills the disk of one.</summary>
internal sealed class LocalMachines(LabHome home, LabNetwork network, string labId, LabProcesses processes, SupervisorClient supervisor, MemberStart start) : ILabMachines
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly Freezer _freezer = new(processes);
    private readonly LinkClient _links = new(home, network);
    private readonly WalVolume _volume = new(home, network, labId);

    /// <inheritdoc />
    public Task<string> FreezeAsync(Member member, FrozenPart part, CancellationToken ct)
    {
        var stopped = _freezer.Stop(member, part);
        return stopped.Count == 0
            ? throw new LabException($"fault refused: nothing of {member.Name} runs that could be stopped ({part}).\n  fix          make up (repairs the lab)")
            : Task.FromResult(string.Create(
                CultureInfo.InvariantCulture,
                $"SIGSTOP to {string.Join(", ", stopped.Take(3).Select(p => p.Describe()))}{(stopped.Count > 3 ? $" and {stopped.Count - 3} more" : "")}"));
    }

    /// <inheritdoc />
    public bool IsFrozen(Member member, FrozenPart part) => _freezer.IsStopped(member, part);

    /// <inheritdoc />
    public int Thaw() => _freezer.Thaw();

    /// <inheritdoc />
    public async Task<string> CutAsync(Member member, LabLink link, CancellationToken ct)
    {
        if (link == LabLink.ToMembers)
        {
            await _links.IsolateAsync(member, ct);
            return $"what {member.Name} asks the other members is lost";
        }

        var program = Program(member, link);
        return _freezer.Stop(program) is { } stopped
            ? $"SIGSTOP to {stopped.Describe()}, through which everything goes"
            : throw new LabException($"fault refused: {program} does not run.\n  fix          make up (repairs the lab)");
    }

    /// <inheritdoc />
    public async Task<bool> PassesAsync(Member member, LabLink link, TimeSpan patience, CancellationToken ct)
    {
        var others = network.Members.Where(m => m != member);
        return link switch
        {
            LabLink.ToStore => await WayProbe.AnswersAsync(network.StoreOf(member, member), LabNetwork.EtcdClient, WayProbe.StoreQuestion, patience, ct),
            LabLink.FromMembers => await WayProbe.AnswersAsync(network.EntryOf(member), LabNetwork.Patroni, WayProbe.RoleQuestion, patience, ct),
            _ => (await Task.WhenAll(others.Select(o => WayProbe.AnswersAsync(network.EntryOf(o), LabNetwork.Patroni, WayProbe.LeaderQuestion(member), patience, ct)))).Contains(true),
        };
    }

    /// <inheritdoc />
    public async Task MendAsync(CancellationToken ct)
    {
        Thaw();
        await _links.ReconnectAsync(ct);
    }

    /// <inheritdoc />
    public Task<string> KillAllAsync(CancellationToken ct)
    {
        var victims = network.Members.SelectMany(m => MemberProcesses.Of(processes, m)).ToList();
        victims.ForEach(v => v.Process.Signal(Signal.Kill));
        return Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"SIGKILL to all {victims.Count} processes of {string.Join(", ", network.Members.Select(m => m.Name))}"));
    }

    /// <inheritdoc />
    public Task StartAllAsync(CancellationToken ct) => start.StartAsync(network.Members, ct);

    /// <inheritdoc />
    public async Task<string> KillProxyAsync(CancellationToken ct)
    {
        var proxy = processes.Find(ProgramNames.HaProxy) ?? throw new LabException("fault refused: the load balancer does not run.\n  fix          make up (repairs the lab)");
        proxy.Process.Signal(Signal.Kill);
        await Wait.UntilAsync(
            Bounds.KilledProcessGone, $"{proxy.Describe()} to be gone", _ => Task.FromResult((proxy.Process.IsAlive ? null : "gone", "alive")), TimeSpan.FromMilliseconds(2), ct);
        return $"SIGKILL to {proxy.Describe()}";
    }

    /// <inheritdoc />
    public Task GiveVolumeAsync(Member member, long bytes, CancellationToken ct) => LabVolume.WhyNot is { } reason
        ? throw new LabException($"fault refused: {reason}\n  fix          run as root, or leave this fault out")
        : WhileDownAsync(member, async () =>
        {
            var control = await ControlFile.ReadAsync(home.MemberData(member.Name), ct);
            _volume.Mount(member, bytes, control);
        }, ct);

    /// <inheritdoc />
    public Task<string> FillVolumeAsync(CancellationToken ct) =>
        Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"{_volume.Fill():N0} bytes written to the volume of the WAL, none is free"));

    /// <inheritdoc />
    public Task EmptyVolumeAsync(CancellationToken ct)
    {
        _volume.Empty();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task TakeVolumeAsync(Member member, CancellationToken ct) => WhileDownAsync(member, () =>
    {
        _volume.Unmount(isKept: true);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Puts WAL back that a killed run had just moved away; before any server is started.</summary>
    /// <returns>One clause each; empty when there was none.</returns>
    public IReadOnlyList<string> PutWalBack() => [.. _volume.PutBack().Select(m => $"the WAL of {m.Name} had been moved away, and was put back")];

    /// <summary>Undoes what a killed run left behind besides stopped processes: lost questions, a volume. The ways must run.</summary>
    /// <returns>One clause each; empty when there was nothing.</returns>
    public async Task<IReadOnlyList<string>> UndoAsync(CancellationToken ct)
    {
        await _links.ReconnectAsync(ct);
        var undone = new List<string>();
        if (_volume.Member is { } member)
        {
            await TakeVolumeAsync(member, ct);
            undone.Add($"the WAL of {member.Name} lay on a volume of its own, and was put back");
        }

        return undone;
    }

    private async Task WhileDownAsync(Member member, Func<Task> work, CancellationToken ct)
    {
        await supervisor.StopAllAsync([ProgramNames.Patroni(member)], ct);
        await Wait.UntilAsync(
            Bounds.ProcessEnds,
            $"PostgreSQL of {member.Name} to end",
            _ => Task.FromResult((processes.Postmaster(member) is null ? "ended" : null, "it runs")),
            PollInterval,
            ct);
        try
        {
            await work();
        }
        finally
        {
            await supervisor.StartAsync(ProgramNames.Patroni(member), CancellationToken.None);
        }
    }

    private static string Program(Member member, LabLink link) => link == LabLink.ToStore ? ProgramNames.ToStore(member) : ProgramNames.FromMembers(member);
}
