using SreLab.Workloads.EdgeProxy.Defects;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.EdgeProxy;

/// <summary>What the sidecar is told.</summary>
/// <param name="Service">What every service is told.</param>
/// <param name="Upstream">The service behind it.</param>
/// <param name="Timeout">Until it answers 504 for the service.</param>
/// <param name="Random504">How often the defect of that name strikes.</param>
internal sealed record ProxySettings(ServiceSettings Service, Uri Upstream, TimeSpan Timeout, Random504Settings Random504)
{
    /// <summary>Reads them.</summary>
    /// <param name="environment">Where they come from.</param>
    /// <param name="service">Name of the service.</param>
    /// <exception cref="SettingsRefusedException">One is wrong.</exception>
    public static ProxySettings Read(EnvironmentReader environment, string service)
    {
        var settings = new ProxySettings(
            ServiceSettings.Read(environment, service, hasMinimumUptime: false, [Defects.Random504.DefectName]),
            environment.Address("UPSTREAM_URL", "http://127.0.0.1:8081"),
            environment.Seconds("UPSTREAM_TIMEOUT_SECONDS", 10, 0.1, 300),
            Random504Settings.Read(environment));
        environment.ThrowIfRefused(service);
        return settings;
    }
}
