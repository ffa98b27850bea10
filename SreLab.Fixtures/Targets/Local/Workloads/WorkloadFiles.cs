using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>The built services, copied into the lab: its user may not be able to enter the clone, and a later build must not change what runs.</summary>
internal static class WorkloadFiles
{
    /// <summary>Built services: the name of the folder that a build fills, and the assembly in it.</summary>
    public static IReadOnlyDictionary<string, string> Assemblies { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["InvoiceApp"] = "invoice-app.dll",
        ["PaymentProvider"] = "payment-provider.dll",
        ["EdgeProxy"] = "edge-proxy.dll",
    };

    /// <summary>Copies every service whose build differs from the copy.</summary>
    /// <param name="home">The lab.</param>
    /// <param name="builds">Folder of all builds; each service has one of its own in it.</param>
    /// <returns>What identifies the copied build of each service.</returns>
    /// <exception cref="LabException">One was not built.</exception>
    public static IReadOnlyDictionary<string, string> Install(LabHome home, string builds)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var sources = Assemblies.ToDictionary(a => a.Key, a => Path.Combine(builds, a.Key, configuration), StringComparer.Ordinal);
        var missing = sources.Where(s => !File.Exists(Path.Combine(s.Value, Assemblies[s.Key]))).Select(s => s.Key).ToArray();
        if (missing.Length > 0)
        {
            throw new LabException(
                $"workloads refused: {string.Join(", ", missing)} was not built; nothing was touched.\n" +
                $"  looked in    {builds}\n" +
                "  fix          make build");
        }

        return sources.ToDictionary(s => s.Key, s => InstallOne(s.Value, FolderOf(home, s.Key)), StringComparer.Ordinal);
    }

    /// <summary>Where the copy of a service is.</summary>
    public static string FolderOf(LabHome home, string service) => Path.Combine(home.Workloads, "builds", service);

    private static string InstallOne(string source, string target)
    {
        var stamp = StampOf(source);
        var file = Path.Combine(target, ".stamp");
        if (File.Exists(file) && File.ReadAllText(file) == stamp)
        {
            return stamp;
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        // Last: a copy that was broken off has no stamp, and is made anew.
        File.WriteAllText(file, stamp);
        return stamp;
    }

    private static string StampOf(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
