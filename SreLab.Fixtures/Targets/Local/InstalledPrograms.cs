using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Where the distribution put the programs. Nothing here knows a version: PostgreSQL's folder is looked for.</summary>
internal static partial class InstalledPrograms
{
    private static readonly string[] PostgresPrograms =
        ["initdb", "postgres", "pg_ctl", "pg_basebackup", "pg_rewind", "pg_controldata", "pg_waldump", "pgbench", "psql"];

    /// <summary>Programs beside PostgreSQL, each with the Debian package that brings it.</summary>
    public static IReadOnlyList<(string Program, string Package)> Needed { get; } =
    [
        ("patroni", "patroni"),
        ("etcd", "etcd-server"),
        ("haproxy", "haproxy"),
        ("prometheus", "prometheus"),
        ("prometheus-alertmanager", "prometheus-alertmanager"),
        ("prometheus-postgres-exporter", "prometheus-postgres-exporter"),
        ("prometheus-node-exporter", "prometheus-node-exporter"),
        ("pgbackrest", "pgbackrest"),
        ("supervisord", "supervisor"),
        ("tini", "tini"),
        ("setsid", "util-linux"),
        ("setpriv", "util-linux"),
    ];

    /// <summary>The folder of the newest PostgreSQL that has every program the lab needs; null when there is none.</summary>
    public static string? PostgresFolder()
    {
        const string Versions = "/usr/lib/postgresql";
        var packaged = Directory.Exists(Versions)
            ? Directory.EnumerateDirectories(Versions)
                .Select(folder => (Folder: Path.Combine(folder, "bin"), Version: MajorOf(Path.GetFileName(folder))))
                .Where(f => f.Version > 0)
                .OrderByDescending(f => f.Version)
                .Select(f => f.Folder)
            : [];
        return packaged.Concat(SearchPath()).FirstOrDefault(folder => PostgresPrograms.All(p => File.Exists(Path.Combine(folder, p))));
    }

    /// <summary>Path of a program: PostgreSQL's from its own folder, others from the search path and the system folders; null when missing.</summary>
    public static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(program) ? program : null;
        }

        var folders = PostgresPrograms.Contains(program, StringComparer.Ordinal) && PostgresFolder() is { } postgres ? [postgres] : SearchPath();
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>Path of a program that must be there.</summary>
    /// <exception cref="LabException">It is not.</exception>
    public static string Require(string program) => Find(program)
        ?? throw new LabException($"{program} not found; install what the lab needs with: scripts/install-deps");

    /// <summary>Version of every program of the lab, as each tells it; <c>missing</c> when it is not installed.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> VersionsAsync(CancellationToken ct)
    {
        var programs = Needed.Select(n => n.Program).Except(["setsid", "setpriv"]).Append("postgres").Append("pgbench").ToArray();
        var versions = await Task.WhenAll(programs.Select(async p => (Program: p, Version: await VersionAsync(p, ct))));
        var result = new SortedDictionary<string, string>(versions.ToDictionary(v => v.Program, v => v.Version), StringComparer.Ordinal)
        {
            [".NET"] = Environment.Version.ToString(),
        };
        return result;
    }

    /// <summary>Version of one program; <c>missing</c> or <c>unknown</c> when it does not tell.</summary>
    public static async Task<string> VersionAsync(string program, CancellationToken ct)
    {
        if (Find(program) is not { } path)
        {
            return "missing";
        }

        var flag = program switch { "haproxy" => "-v", "pgbackrest" => "version", _ => "--version" };
        var told = await ChildProcess.RunAsync(path, [flag], null, null, null, ct);
        return VersionNumber().Match(told.Output + told.Error) is { Success: true } match ? match.Value : "unknown";
    }

    /// <summary>First number of a version; 0 when there is none.</summary>
    public static int MajorOf(string version) =>
        int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static string[] SearchPath() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"])
            .Distinct(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber();
}
