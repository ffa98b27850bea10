using System.Globalization;
using System.Net;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What the embedded target needs from this machine.</summary>
public static class Requirements
{
    private const long DiskBytes = 5L << 30;
    private const long MemoryBytes = 4L << 30;
    private const string InstallFix = "scripts/install-deps";

    /// <summary>Everything that a person may want to know before a first run.</summary>
    /// <param name="settings">Network and folder of the lab.</param>
    /// <param name="ct">Cancels the check.</param>
    public static async Task<IReadOnlyList<Requirement>> CheckAsync(LabSettings settings, CancellationToken ct)
    {
        var home = LabHome.Resolve(settings);
        var lab = LabHomeRules.RequireOursOrEmpty(home);
        var network = new LabNetwork(home.Network);
        var versions = await InstalledPrograms.VersionsAsync(ct);
        return
        [
            new Requirement("operating system", OperatingSystem.IsLinux(), System.Runtime.InteropServices.RuntimeInformation.OSDescription, OperatingSystem.IsLinux() ? "" : "use Linux"),
            new Requirement(".NET", Environment.Version.Major >= 10, Environment.Version.ToString(), Environment.Version.Major >= 10 ? "" : "install the .NET SDK 10"),
            .. Programs(versions),
            new Requirement(GrafanaConfiguration.Program, true, InstalledPrograms.Find(GrafanaConfiguration.Program) ?? "optional, not found: a lab works without, and serves no dashboards", ""),
            User(),
            .. lab is null ? Addresses(network) : [new Requirement("addresses", true, $"in use by the lab in {home.Root}", "")],
            Disk(home),
            Memory(),
        ];
    }

    /// <summary>What must hold before anything is touched; versions are left out, asking for them takes time.</summary>
    internal static Task<IReadOnlyList<Requirement>> CheckForUpAsync(LabHome home, LabNetwork network, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Requirement>>(
            [.. Programs(null), User(), .. Addresses(network), Reach(home), Disk(home), Memory()]);
    }

    /// <summary>Refuses with all problems at once.</summary>
    /// <exception cref="LabException">Something is missing.</exception>
    public static void Demand(IReadOnlyList<Requirement> requirements)
    {
        var missing = requirements.Where(r => !r.IsMet).ToArray();
        if (missing.Length > 0)
        {
            throw new LabException(
                $"preflight failed: {missing.Length} problem{(missing.Length == 1 ? "" : "s")}; nothing was touched.\n" +
                string.Join('\n', missing.Select(m => $"  {m.Name,-28} {m.Found}; {m.Fix}")));
        }
    }

    private static IEnumerable<Requirement> Programs(IReadOnlyDictionary<string, string>? versions)
    {
        foreach (var (program, package) in InstalledPrograms.Needed)
        {
            var path = InstalledPrograms.Find(program);
            yield return new Requirement(
                program,
                path is not null,
                path is null ? $"not found (Debian package {package})" : versions?.GetValueOrDefault(program) ?? path,
                path is null ? "install with: " + InstallFix : "");
        }

        var folder = InstalledPrograms.PostgresFolder();
        yield return new Requirement(
            "PostgreSQL",
            folder is not null,
            folder is null ? "no complete set of programs below /usr/lib/postgresql (Debian packages postgresql, postgresql-contrib)" : versions?.GetValueOrDefault("postgres") ?? folder,
            folder is null ? "install with: " + InstallFix : "");
    }

    private static Requirement User() => RunAsUser.Resolve() is { } user
        ? new Requirement("user to run as", true, user.IsOther ? $"{user.Name} (from root)" : user.Name, "")
        : new Requirement("user to run as", false, $"root needs the unprivileged user {RunAsUser.Unprivileged}", "install with: " + InstallFix);

    /// <summary>Those of the addresses that somebody listens on, each with who it is.</summary>
    internal static IReadOnlyList<(LabAddress Address, string Holder)> BusyAddresses(IReadOnlyList<LabAddress> addresses)
    {
        var listeners = Listeners.ReadAll().Where(l => l.Protocol == "tcp").ToArray();
        return
        [
            .. from address in addresses
               let holder = listeners.FirstOrDefault(l => l.Port == address.Port && l.Takes(IPAddress.Parse(address.Host)))
               where holder is not null
               select (address, Listeners.DescribeHolder(holder.Inode)),
        ];
    }

    private static Requirement[] Addresses(LabNetwork network)
    {
        var busy = BusyAddresses(network.Addresses).Select(b => new Requirement(
            $"address {b.Address}", false, $"in use by {b.Holder}", $"stop it, or choose another network: {SettingNames.Network}=127.23.0")).ToArray();
        return busy.Length > 0 ? busy : [new Requirement("addresses", true, $"{network.Addresses.Count} free on {network.Prefix}.10 to .13", "")];
    }

    /// <summary>The unprivileged user must be able to walk down to its files.</summary>
    private static Requirement Reach(LabHome home)
    {
        for (var folder = Path.GetDirectoryName(home.Root); folder is not null && RunAsUser.Resolve() is { IsOther: true }; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
            {
                return new Requirement("folder", false, $"{folder} cannot be entered by {RunAsUser.Unprivileged}", $"chmod o+x {folder}, or another {SettingNames.Home}");
            }
        }

        return new Requirement("folder", true, home.Root, "");
    }

    private static Requirement Disk(LabHome home)
    {
        var folder = home.Root;
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        return new Requirement("disk space", free >= DiskBytes, $"{GiB(free)} free at {folder}", free >= DiskBytes ? "" : $"free {GiB(DiskBytes)}, or another {SettingNames.Home}");
    }

    private static Requirement Memory()
    {
        var line = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        var bytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        return new Requirement("memory", bytes >= MemoryBytes, GiB(bytes), bytes >= MemoryBytes ? "" : $"use a machine with {GiB(MemoryBytes)}");
    }

    private static string GiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB");
}
