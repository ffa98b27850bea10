using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>The sample workloads as supervised processes of the embedded lab.</summary>
internal sealed class LocalWorkloads(LocalLab lab) : ILabWorkloads, IDisposable
{
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly WorkloadLooks _looks = new(lab);
    private readonly AddedPrograms _supervision = new(lab.Home.WorkloadPrograms, lab.Supervisor);

    /// <inheritdoc />
    public Uri Public => LabNetwork.Url(lab.Network.Edge, LabNetwork.Balancer);

    /// <inheritdoc />
    public IReadOnlyList<WorkloadInstance> InvoiceApps => [.. lab.Network.Workloads.Keys.Where(name => name != ProgramNames.Provider).Select(Instance)];

    /// <inheritdoc />
    public WorkloadInstance Provider => Instance(ProgramNames.Provider);

    /// <inheritdoc />
    public string PaymentToken => lab.Password(Names.PaymentToken);

    /// <summary>Names of the programs that are deployed, running or not.</summary>
    public IReadOnlyList<string> Programs() => _supervision.Deployed();

    /// <inheritdoc />
    public async Task<bool> AreDeployedAsync(CancellationToken ct)
    {
        var deployed = Programs();
        var running = (await lab.Supervisor.ProgramsAsync(ct) ?? []).Where(p => p.IsUp).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return deployed.Count > 0 && deployed.All(running.Contains);
    }

    /// <inheritdoc />
    public async Task DeployAsync(WorkloadPlan plan, IProgressLog progress, CancellationToken ct)
    {
        var user = RunAsUser.Resolve()!;
        DotnetHost.Require(user);
        RequireFreeAddresses();
        using var held = LabLock.Take(lab.Home);
        Directory.CreateDirectory(lab.Home.Workloads, Traversable);
        var builds = WorkloadFiles.Install(lab.Home, BuildsFolder());
        await WorkloadDatabase.PrepareAsync(lab, lab.Password, () => WithdrawAsync(ct), ct);
        user.WriteFile(BalancerConfiguration.PathIn(lab.Home), BalancerConfiguration.Write(lab.Network));
        var database = new Npgsql.NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, DatabaseUser.App));
        var sections = new WorkloadPrograms(lab.Home, lab.Network, user, database).Write(plan, builds);
        foreach (var program in sections.Keys)
        {
            user.MakeFolder(WorkloadPrograms.FolderOf(lab.Home, program), Traversable);
        }

        var changed = await _supervision.ApplyAsync(sections, ct);
        if (changed.Count > 0)
        {
            progress.Say($"workloads: starting {string.Join(' ', changed)}");
        }

        ReplaceTargets(WorkloadTargets.Write(lab.Network));
        var healthy = lab.Network.Workloads.Keys.Where(i => plan.Defects.GetValueOrDefault(i) is not { Count: > 0 }).ToArray();
        await _looks.WaitUntilUpAsync([.. lab.Network.Workloads.Keys.Select(Instance)], healthy, ct);
    }

    /// <inheritdoc />
    public async Task WithdrawAsync(CancellationToken ct)
    {
        ReplaceTargets("[]");
        await _supervision.RemoveAllAsync(ct);
    }

    /// <inheritdoc />
    public Task<string> KillAsync(WorkloadInstance instance, CancellationToken ct)
    {
        var program = ProgramNames.Service(instance.Name);
        return lab.Processes.Find(program) is { } victim && victim.Process.Signal(Signal.Kill)
            ? Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"SIGKILL to {program} (pid {victim.Process.Pid})"))
            : throw new LabException($"fault refused: {program} does not run, so killing it would prove nothing.");
    }

    /// <inheritdoc />
    public Task StopAsync(WorkloadInstance instance, CancellationToken ct) => lab.Supervisor.StopAllAsync(Both(instance), ct);

    /// <inheritdoc />
    public async Task StartAsync(WorkloadInstance instance, CancellationToken ct)
    {
        foreach (var program in Both(instance))
        {
            await lab.Supervisor.StartAsync(program, ct);
        }

        await _looks.WaitUntilListeningAsync([instance], ct);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> InRotationAsync(CancellationToken ct) => await _looks.InRotationAsync(ct) ?? [];

    /// <inheritdoc />
    public string LogFile(WorkloadInstance instance, bool ofSidecar) =>
        lab.Home.Log(ofSidecar ? ProgramNames.Sidecar(instance.Name) : ProgramNames.Service(instance.Name));

    /// <inheritdoc />
    public void Dispose() => _looks.Dispose();

    private static string[] Both(WorkloadInstance instance) => [ProgramNames.Service(instance.Name), ProgramNames.Sidecar(instance.Name)];

    /// <summary>All projects build beside each other, and the suite is one of them.</summary>
    private static string BuildsFolder() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    private WorkloadInstance Instance(string name) => new(
        name,
        LabNetwork.Url(lab.Network.Workloads[name], LabNetwork.Sidecar),
        LabNetwork.Url(lab.Network.Workloads[name], LabNetwork.Service));

    private void RequireFreeAddresses()
    {
        if (Programs().Count == 0 && Requirements.BusyAddresses(lab.Network.WorkloadAddresses) is { Count: > 0 } busy)
        {
            throw new LabException(
                $"workloads refused: {string.Join(", ", busy.Select(b => $"{b.Address} is in use by {b.Holder}"))}; nothing was touched.\n" +
                "  fix          end that program, or use a lab beside it: NETWORK=127.23.0");
        }
    }

    private void ReplaceTargets(string content)
    {
        RunAsUser.Resolve()!.WriteFile(lab.Home.WorkloadTargets + ".tmp", content);
        File.Move(lab.Home.WorkloadTargets + ".tmp", lab.Home.WorkloadTargets, overwrite: true);
    }
}
