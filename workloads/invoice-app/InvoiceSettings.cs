using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.InvoiceApp;

/// <summary>What the invoice app is told.</summary>
/// <param name="Service">What every service is told.</param>
/// <param name="Database">How the database is reached.</param>
/// <param name="Payments">How invoices are paid.</param>
/// <param name="Place">Where the orchestrator put it.</param>
internal sealed record InvoiceSettings(ServiceSettings Service, DatabaseSettings Database, PaymentSettings Payments, Place Place)
{
    /// <summary>Reads them.</summary>
    /// <param name="environment">Where they come from.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="knownDefects">Defects that it can carry.</param>
    /// <exception cref="SettingsRefusedException">One is wrong.</exception>
    public static InvoiceSettings Read(EnvironmentReader environment, string service, IReadOnlyCollection<string> knownDefects)
    {
        var settings = new InvoiceSettings(
            ServiceSettings.Read(environment, service, hasMinimumUptime: true, knownDefects),
            DatabaseSettings.Read(environment),
            PaymentSettings.Read(environment),
            new Place(environment.Text("POD_NAME", ""), environment.Text("POD_NAMESPACE", ""), environment.Text("NODE_NAME", "")));
        environment.ThrowIfRefused(service);
        return settings;
    }
}

/// <summary>Where the orchestrator put an instance; empty where there is none.</summary>
/// <param name="Pod">Name of the pod.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Node">Its machine.</param>
internal sealed record Place(string Pod, string Namespace, string Node);

/// <summary>How invoices are paid.</summary>
/// <param name="ProviderUrl">The provider.</param>
/// <param name="TokenFile">File with the token that it asks for.</param>
/// <param name="Workers">Payments in flight.</param>
/// <param name="Timeout">Of one call to the provider.</param>
/// <param name="Lease">How long a claimed payment is its claimer's; more than the time-out.</param>
internal sealed record PaymentSettings(Uri ProviderUrl, string TokenFile, int Workers, TimeSpan Timeout, TimeSpan Lease)
{
    private const string LeaseVariable = "PAYMENT_LEASE_SECONDS";
    private const string TimeoutVariable = "PAYMENT_TIMEOUT_SECONDS";
    private const int MostWorkers = 64;

    /// <summary>Reads them; what is wrong is noted in the reader.</summary>
    /// <param name="environment">Where they come from.</param>
    public static PaymentSettings Read(EnvironmentReader environment)
    {
        var settings = new PaymentSettings(
            environment.Address("PAYMENT_PROVIDER_URL", "http://payment-provider:8080"),
            environment.SecretFile("PAYMENT_TOKEN_FILE", "/run/secrets/payment-token"),
            environment.WholeNumber("PAYMENT_WORKERS", 4, 1, MostWorkers),
            environment.Seconds(TimeoutVariable, 2, 0.1, 30),
            environment.Seconds(LeaseVariable, 10, 0.2, 300));
        if (settings.Lease <= settings.Timeout)
        {
            environment.Refuse(
                LeaseVariable,
                FormattableString.Invariant($"is {settings.Lease.TotalSeconds} and not more than {TimeoutVariable}, {settings.Timeout.TotalSeconds}: a call could outlive its lease"),
                FormattableString.Invariant($"{settings.Timeout.TotalSeconds * 5}"));
        }

        return settings;
    }
}
