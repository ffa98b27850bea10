using System.Reflection;

namespace SreLab.Workloads.ServiceDefaults.Settings;

/// <summary>What every service is told.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Version">Its version, without what the build appends.</param>
/// <param name="Instance">Name of this instance in logs and answers.</param>
/// <param name="Urls">Where it listens.</param>
/// <param name="MinimumUptime">Not ready before.</param>
/// <param name="Drain">From SIGTERM until no connection is accepted any more.</param>
/// <param name="Defects">Names of the defects that it carries; each of them is known.</param>
public sealed record ServiceSettings(
    string Service,
    string Version,
    string Instance,
    IReadOnlyList<string> Urls,
    TimeSpan MinimumUptime,
    TimeSpan Drain,
    IReadOnlyList<string> Defects)
{
    /// <summary>The variable that names the defects.</summary>
    public const string DefectVariable = "DEFECT";

    private const double DefaultMinimumUptime = 5;
    private const double DefaultDrain = 5;
    private const double LongestMinimumUptime = 600;
    private const double LongestDrain = 300;

    /// <summary>Reads them; what is wrong is noted in the reader.</summary>
    /// <param name="environment">Where they come from.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="hasMinimumUptime">Whether the service waits before it is ready.</param>
    /// <param name="knownDefects">Defects that it can carry.</param>
    public static ServiceSettings Read(EnvironmentReader environment, string service, bool hasMinimumUptime, IReadOnlyCollection<string> knownDefects) => new(
        service,
        VersionOf(Assembly.GetEntryAssembly() ?? typeof(ServiceSettings).Assembly),
        environment.Text("SERVICE_INSTANCE", Environment.MachineName),
        ListenAddresses.Read(environment),
        hasMinimumUptime ? environment.Seconds("MINIMUM_UPTIME_SECONDS", DefaultMinimumUptime, 0, LongestMinimumUptime) : TimeSpan.Zero,
        environment.Seconds("DRAIN_SECONDS", DefaultDrain, 0, LongestDrain),
        ReadDefects(environment, knownDefects));

    private static List<string> ReadDefects(EnvironmentReader environment, IReadOnlyCollection<string> known)
    {
        var named = environment.Text(DefectVariable, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        var unknown = named.Except(known).ToList();
        if (unknown.Count > 0 && known.Count == 0)
        {
            environment.Refuse(DefectVariable, $"names {string.Join(", ", unknown)}, and this service has no defects", "");
        }
        else if (unknown.Count > 0)
        {
            environment.Refuse(DefectVariable, $"names {string.Join(", ", unknown)}, which this service does not know; it knows {string.Join(", ", known)}", known.First());
        }

        return named;
    }

    private static string VersionOf(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
