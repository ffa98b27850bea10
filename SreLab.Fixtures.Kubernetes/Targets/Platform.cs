using System.Diagnostics;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Faults;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Faults;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Kubernetes.Terraform;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>The platform on one cluster: made by Terraform, found by its labels, removed by Terraform.</summary>
/// <param name="settings">The effective settings.</param>
/// <param name="home">The lab's folder.</param>
/// <param name="kubeconfig">The cluster.</param>
/// <param name="context">Its context; null for the current one.</param>
internal sealed class Platform(LabSettings settings, KubernetesHome home, string kubeconfig, string? context)
{
    private readonly LabSpaces _spaces = new(settings.Kubernetes.Prefix);
    private readonly OpenLab _open = new();

    /// <summary>Nodes that may be broken; null where they are somebody else's.</summary>
    public INodeControl? Nodes { get; init; }

    /// <summary>Makes what is missing and opens the lab.</summary>
    /// <param name="variables">Variables of the environment, but for passwords.</param>
    /// <param name="progress">Told of every change of state.</param>
    /// <param name="ct">Cancels the work; what was made stays in the state.</param>
    public async Task<UpResult> UpAsync(Func<IKubernetes, CancellationToken, Task<JsonObject>> variables, IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var isMade = home.Exists() && home.Terraform.HasState();
        var client = ClusterClient.Create(kubeconfig, context);
        var (found, repairs) = await LookAsync(client, progress, ct);
        if (found.Count > 0 && !isMade)
        {
            progress.Say($"the lab {settings.Kubernetes.Prefix} was applied elsewhere: its objects are taken as they are");
            return new UpResult(await OpenAsync(client, found, ct), true, repairs, clock.Elapsed);
        }

        using (home.Lock())
        {
            if (await TryOpenWholeAsync(client, found, ct) is { } whole)
            {
                return new UpResult(whole, true, repairs, clock.Elapsed);
            }

            // The attempt has closed what it took over, or took nothing.
            client.Dispose();
            client = ClusterClient.Create(kubeconfig, context);

            var runner = new TerraformRunner(TerraformRunner.FindProgram(), home.Terraform);
            home.Create();
            home.Terraform.CopyFrom(settings.RepositoryRoot);
            home.Terraform.WriteVariables(await variables(client, ct), LabSecrets.NewPassword, settings.Kubernetes.Variables);
            progress.Say($"terraform init in {home.Root}");
            await runner.InitAsync(ct);
            progress.Say($"terraform apply with prefix {settings.Kubernetes.Prefix}");
            await runner.ApplyAsync(progress, ct);
            await runner.OutputsAsync(ct);
        }

        var lab = await OpenAsync(client, await _spaces.ReadAsync(client, ct), ct);
        return new UpResult(lab, false, isMade ? [.. repairs, "what was missing of the platform was applied again"] : repairs, clock.Elapsed);
    }

    /// <summary>Closes what this process has open of the lab.</summary>
    public Task CloseAsync() => _open.CloseAsync();

    /// <summary>The lab that is up; null when none is.</summary>
    public async Task<ILab?> AttachAsync(CancellationToken ct)
    {
        var client = ClusterClient.Create(kubeconfig, context);
        var found = await _spaces.ReadAsync(client, ct);
        if (found.All(n => n.Metadata.Name != _spaces.Database) || (found.Any(n => !_spaces.IsOurs(n)) && !settings.Kubernetes.Adopt))
        {
            client.Dispose();
            return null;
        }

        try
        {
            return await OpenOnceAsync(client, found, Bounds.SupervisorAnswers, ct);
        }
        catch (LabException)
        {
            // Half of a lab is none to attach to; whoever needs it up is told what is missing.
            return null;
        }
    }

    /// <summary>Removes what Terraform made, and proves that it is gone.</summary>
    public async Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct)
    {
        await CloseAsync();
        using var client = ClusterClient.Create(kubeconfig, context);
        var found = await _spaces.ReadAsync(client, ct);
        var isMade = home.Exists() && home.Terraform.HasState();
        if (!isMade)
        {
            if (found.Any(_spaces.IsOurs) && !settings.Kubernetes.Adopt)
            {
                throw new LabException(
                    $"down refused: the lab {settings.Kubernetes.Prefix} was applied elsewhere, and its state is not in {home.Root}; nothing was touched.\n" +
                    "  fix          terraform destroy where it was applied");
            }

            home.Remove();
            return new DownResult(false, 0, [], [], []);
        }

        using (home.Lock())
        {
            var runner = new TerraformRunner(TerraformRunner.FindProgram(), home.Terraform);
            await runner.InitAsync(ct);
            progress.Say($"terraform destroy with prefix {settings.Kubernetes.Prefix}");
            await runner.DestroyAsync(progress, ct);
            var left = await LeftOvers.FindAsync(client, _spaces, ct);
            foreach (var kept in left.Kept)
            {
                progress.Say($"kept: {kept}");
            }

            if (left.Lost.Count > 0)
            {
                throw new LabException(
                    $"the lab {settings.Kubernetes.Prefix} is not down: {left.Lost.Count} objects are left; its folder is kept.\n" +
                    $"  left         {string.Join(", ", left.Lost)}\n  repeat       make down");
            }

            home.Remove();
        }

        return new DownResult(true, found.Count, [], [], []);
    }

    /// <summary>What a plan would change: empty for a platform as it was applied, null for one that was applied elsewhere.</summary>
    public async Task<IReadOnlyList<string>?> DriftAsync(CancellationToken ct) =>
        home.Exists() && home.Terraform.HasState() ? await new TerraformRunner(TerraformRunner.FindProgram(), home.Terraform).DriftAsync(ct) : null;

    /// <summary>What is there, mended; refused where it is somebody else's.</summary>
    private async Task<(IReadOnlyList<V1Namespace> Found, IReadOnlyList<string> Repairs)> LookAsync(k8s.Kubernetes client, IProgressLog progress, CancellationToken ct)
    {
        try
        {
            var found = await _spaces.ReadAsync(client, ct);
            _spaces.RequireOurs(found, settings.Kubernetes.Adopt);
            return (found, await Repairs.RunAsync(client, _spaces, found, Nodes is not null, progress, ct));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task<ILab?> TryOpenWholeAsync(k8s.Kubernetes client, IReadOnlyList<V1Namespace> found, CancellationToken ct)
    {
        if (found.All(n => n.Metadata.Name != _spaces.Database))
        {
            return null;
        }

        try
        {
            var lab = await OpenOnceAsync(client, found, Bounds.SupervisorAnswers, ct);
            await LabOpener.PrepareDatabaseAsync(lab, ct);
            return lab;
        }
        catch (LabException)
        {
            // Applied again: what is missing is made.
            await CloseAsync();
            return null;
        }
    }

    private async Task<ILab> OpenAsync(k8s.Kubernetes client, IReadOnlyList<V1Namespace> found, CancellationToken ct)
    {
        var lab = await OpenOnceAsync(client, found, Bounds.PlatformReady, ct);
        await LabOpener.PrepareDatabaseAsync(lab, ct);
        await WholeCluster.WaitAsync(lab, Bounds.ClusterReady, ct);
        return lab;
    }

    private async Task<ILab> OpenOnceAsync(k8s.Kubernetes client, IReadOnlyList<V1Namespace> found, Bound bound, CancellationToken ct)
    {
        var access = new LabAccess(token => ClusterClient.CreateFor(kubeconfig, context, token), DriftAsync);
        return await _open.TakeAsync(client, IdOf(found), () => new LabOpener(settings, home, Nodes, access).OpenAsync(client, _spaces, IdOf(found), bound, ct));
    }

    // Another lab of the same prefix has other namespaces.
    private string IdOf(IReadOnlyList<V1Namespace> found) =>
        found.First(n => n.Metadata.Name == _spaces.Database).Metadata.Uid.Replace("-", "", StringComparison.Ordinal);
}
