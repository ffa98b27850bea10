using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.PaymentProvider.Ledger;
using SreLab.Workloads.ServiceDefaults.Database;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.PaymentProvider;

/// <summary>Accepts a payment once for each idempotency key, and keeps a ledger of its own.</summary>
internal static class ProviderService
{
    /// <summary>Its name.</summary>
    public const string Name = "payment-provider";

    private const string Schema = "provider";

    private static readonly TimeSpan Finish = TimeSpan.FromSeconds(15);

    /// <summary>Puts it together.</summary>
    /// <param name="environment">Where its settings come from.</param>
    /// <param name="alter">Has the last word on its parts; null for none.</param>
    /// <exception cref="SettingsRefusedException">One is wrong.</exception>
    public static WebApplication Build(EnvironmentReader environment, Action<IServiceCollection>? alter = null)
    {
        var service = ServiceSettings.Read(environment, Name, hasMinimumUptime: true, knownDefects: []);
        var database = DatabaseSettings.Read(environment);
        var tokenFile = environment.SecretFile("PAYMENT_TOKEN_FILE", "/run/secrets/payment-token");
        environment.ThrowIfRefused(Name);
        return ServiceHost.Build(service, [], Finish, s => Add(s, database, tokenFile), Map, alter);
    }

    private static void Add(IServiceCollection services, DatabaseSettings database, string tokenFile)
    {
        services.AddDatabase(database, Schema, typeof(ProviderService).Assembly);
        services.AddSingleton(new PaymentToken(File.ReadAllText(tokenFile).Trim()));
        services.AddSingleton<PaymentLedger>();
        services.AddSingleton<LedgerMetrics>();
    }

    private static void Map(WebApplication app)
    {
        app.Services.ShowDatabase();
        app.Services.GetRequiredService<LedgerMetrics>();
        app.MapIdentity();
        app.MapProbesAndMetrics();
        app.MapOpenApi(WellKnownPaths.OpenApi);
        app.MapPayments();
    }
}
