using Microsoft.Extensions.DependencyInjection;

namespace SreLab.Workloads.InvoiceApp.Payments;

/// <summary>Adds what pays invoices.</summary>
internal static class PaymentServices
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(20);

    /// <summary>Adds it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">How invoices are paid.</param>
    public static void AddPayments(this IServiceCollection services, PaymentSettings settings)
    {
        services.AddHttpClient(ProviderClient.ClientName, c => c.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.UseProxy = false;
                handler.UseCookies = false;
                handler.AllowAutoRedirect = false;
                handler.ConnectTimeout = settings.Timeout;
                handler.PooledConnectionLifetime = ConnectionLifetime;
                handler.PooledConnectionIdleTimeout = IdleConnection;
            })
            .RemoveAllLoggers();
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<PaymentRuns>();
        services.AddSingleton<PaymentQueue>();
        services.AddSingleton<PaymentBook>();
        services.AddSingleton<PaymentMetrics>();
        services.AddSingleton<ProviderPause>();
        services.AddSingleton<Payer>();
        services.AddSingleton<WakeUp>();
        services.AddHostedService<PaymentDispatcher>();
        services.AddHostedService<PendingPayments>();
    }
}
