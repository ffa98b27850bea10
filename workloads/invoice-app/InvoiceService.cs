using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.InvoiceApp.Defects;
using SreLab.Workloads.InvoiceApp.Invoices;
using SreLab.Workloads.InvoiceApp.Payments;
using SreLab.Workloads.ServiceDefaults.Database;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Metrics;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.InvoiceApp;

/// <summary>Lists invoices and pays the unpaid ones, each exactly once.</summary>
internal static class InvoiceService
{
    /// <summary>Its name.</summary>
    public const string Name = "invoice-app";

    private const string Schema = "invoicing";

    // The longest statement that a request waits for: 100,000 orders written at once.
    private static readonly TimeSpan Finish = TimeSpan.FromSeconds(30);

    /// <summary>Puts it together.</summary>
    /// <param name="environment">Where its settings come from.</param>
    /// <param name="alter">Has the last word on its parts; null for none.</param>
    /// <exception cref="SettingsRefusedException">One is wrong.</exception>
    public static WebApplication Build(EnvironmentReader environment, Action<IServiceCollection>? alter = null)
    {
        var settings = InvoiceSettings.Read(environment, Name, KnownDefects.Names);
        return ServiceHost.Build(settings.Service, KnownDefects.Make(settings.Service.Defects), Finish, s => Add(s, settings), Map, alter);
    }

    private static void Add(IServiceCollection services, InvoiceSettings settings)
    {
        services.AddSingleton(settings.Place);
        services.AddSingleton(settings.Payments);
        services.AddDatabase(settings.Database, Schema, typeof(InvoiceService).Assembly);
        services.AddSingleton<RequestCounter>();
        services.AddSingleton<InvoiceList>();
        services.AddPayments(settings.Payments);
    }

    private static void Map(WebApplication app)
    {
        app.Services.ShowDatabase();
        var requests = app.Services.GetRequiredService<RequestCounter>();
        app.Services.GetRequiredService<MetricRegistry>().CollectedCounter("invoice_requests_total", "Requests to /invoices and below.", () => requests.Value);
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/invoices"), branch => branch.Use(async (context, next) =>
        {
            await requests.CountAsync();
            await next(context);
        }));
        app.MapIdentity();
        app.MapProbesAndMetrics();
        app.MapOpenApi(WellKnownPaths.OpenApi);
        app.MapHello();
        app.MapInvoices();
        app.MapPayments();
    }
}
