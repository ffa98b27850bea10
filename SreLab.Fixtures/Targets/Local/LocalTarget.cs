using System.Diagnostics;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>The embedded target: a real cluster of plain processes on loopback addresses of this machine.</summary>
/// <param name="settings">Which network, and where the lab's folder is.</param>
public sealed class LocalTarget(LabSettings settings) : ITarget
{
    private const string NoPlatform = "its members are processes of this machine; a platform is inspected with TARGET=existing or TARGET=k3s";

    /// <inheritdoc />
    public string Name => "local";

    /// <inheritdoc />
    public IReadOnlyDictionary<Capability, string> Lacks { get; } = LacksOf(LabVolume.WhyNot);

    /// <summary>By capability.</summary>
    /// <param name="whyNoVolume">Why this user may not mount a file system; null when he may.</param>
    internal static IReadOnlyDictionary<Capability, string> LacksOf(string? whyNoVolume)
    {
        var lacks = new Dictionary<Capability, string>
        {
            [Capability.Platform] = NoPlatform,
            [Capability.Containers] = NoPlatform,
            [Capability.NetworkPolicies] = NoPlatform,
            [Capability.OwnNodes] = NoPlatform,
        };
        if (whyNoVolume is not null)
        {
            lacks[Capability.Volumes] = whyNoVolume;
        }

        return lacks;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct) => Requirements.CheckAsync(settings, ct);

    /// <inheritdoc />
    public async Task<UpResult> UpAsync(IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var home = LabHome.Resolve(settings);
        LabHomeRules.RequireOursOrEmpty(home);
        using var held = LabLock.Take(home);
        var marker = LabHomeRules.RequireOursOrEmpty(home);
        RequireReadable(home, marker);
        if (marker is { IsComplete: true })
        {
            var lab = new LocalLab(home, marker);
            var repairs = await new LabRepair(lab, marker, progress).RunAsync(ct);
            await lab.LocalMonitoring.InstallAsync(new ObservabilityFiles(settings.RepositoryRoot), ct);
            await lab.LocalMonitoring.WatchAsync(closely: false, ct);
            return new UpResult(lab, repairs.Count == 0, repairs, clock.Elapsed);
        }

        var halfMade = new List<string>();
        if (marker is not null)
        {
            progress.Say("a bring-up was interrupted; clearing it away to start over");
            var teardown = new TearDown(home, new LabNetwork(home.Network), marker, progress);
            var ended = await teardown.EndAllAsync(ct);
            teardown.RemoveFolder();
            halfMade.Add($"an interrupted bring-up was cleared away ({ended} processes ended), and the lab was made anew");
        }

        return new UpResult(await CreateAsync(home, new ObservabilityFiles(settings.RepositoryRoot), progress, ct), false, halfMade, clock.Elapsed);
    }

    /// <inheritdoc />
    public Task<ILab?> AttachAsync(CancellationToken ct)
    {
        var home = LabHome.Resolve(settings);
        var marker = LabHomeRules.RequireOursOrEmpty(home);
        RequireReadable(home, marker);
        if (marker is not { IsComplete: true })
        {
            return Task.FromResult<ILab?>(null);
        }

        var lab = new LocalLab(home, marker);
        if (lab.Processes.Alive().Count > 0)
        {
            return Task.FromResult<ILab?>(lab);
        }

        lab.Dispose();
        return Task.FromResult<ILab?>(null);
    }

    /// <inheritdoc />
    public async Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct)
    {
        var home = LabHome.Resolve(settings);
        var result = new DownResult(false, 0, [], [], []);
        if (LabHomeRules.RequireOursOrEmpty(home) is not null)
        {
            using var held = LabLock.Take(home);
            if (LabHomeRules.RequireOursOrEmpty(home) is { } marker)
            {
                result = await EndAsync(home, marker, progress, ct);
            }
        }

        RemoveEmptyFolders(home);
        return result;
    }

    private static async Task<DownResult> EndAsync(LabHome home, LabMarker marker, IProgressLog progress, CancellationToken ct)
    {
        var network = new LabNetwork(home.Network);
        var teardown = new TearDown(home, network, marker, progress);
        var ended = await teardown.EndAllAsync(ct);
        var processes = teardown.Remaining();
        var listeners = TearDown.RemainingListeners(network);
        if (processes.Count > 0 || listeners.Count > 0)
        {
            throw new LabException(
                $"the lab on {home.Network} is not down: {processes.Count} processes and {listeners.Count} listeners are left; its folder is kept.\n" +
                $"  processes    {string.Join(", ", processes)}\n" +
                $"  listeners    {string.Join(", ", listeners)}\n" +
                "  repeat       make down");
        }

        teardown.RemoveFolder();
        progress.Say($"{ended} processes ended, {home.Root} removed");
        return new DownResult(true, ended, [], [], Directory.Exists(home.Root) ? [home.Root] : []);
    }

    private static async Task<LocalLab> CreateAsync(LabHome home, ObservabilityFiles observability, IProgressLog progress, CancellationToken ct)
    {
        progress.Say("checking requirements");
        var network = new LabNetwork(home.Network);
        Requirements.Demand(await Requirements.CheckForUpAsync(home, network, ct));

        progress.Say($"making the lab in {home.Root}");
        var now = DateTimeOffset.UtcNow;
        var user = RunAsUser.Resolve()!;
        var marker = LabFiles.CreateMarked(home, user, now);
        await LabFiles.WriteAsync(home, network, marker, user, observability, now, ct);
        var lab = new LocalLab(home, marker);
        var bringUp = new BringUp(lab, progress);
        await bringUp.StartSupervisorAsync(ct);
        await bringUp.StartAsync(ProgramNames.Of(home, network), ct);
        await bringUp.WaitUntilWholeAsync(isNew: true, Bounds.ClusterReady, ct);
        await lab.LocalMonitoring.WatchAsync(closely: false, ct);
        (marker with { IsComplete = true }).Write(home.Marker);
        return lab;
    }

    private static void RequireReadable(LabHome home, LabMarker? marker)
    {
        if (marker is not null && marker.Layout != LabMarker.CurrentLayout)
        {
            throw new LabException(
                $"the lab in {home.Root} was made by another release ({marker.Version}).\n  fix          make down, then make up");
        }
    }

    /// <summary>Removes the default place when no lab is in it any more; a folder that somebody chose stays theirs.</summary>
    private static void RemoveEmptyFolders(LabHome home)
    {
        foreach (var folder in (string[])[home.Root, LabHome.DefaultParent()])
        {
            if (home.Root.StartsWith(LabHome.DefaultParent() + "/", StringComparison.Ordinal)
                && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }
}
