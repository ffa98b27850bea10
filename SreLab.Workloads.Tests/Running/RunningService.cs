using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.EdgeProxy;
using SreLab.Workloads.InvoiceApp;
using SreLab.Workloads.PaymentProvider;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.Tests.Running;

/// <summary>A service as it is, on a free port of this machine.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public HttpClient Client { get; private set; } = null!;

    public CapturedLines Log => _app.Services.GetRequiredService<CapturedLines>();

    public ServiceLifecycle Lifecycle => Part<ServiceLifecycle>();

    public static Task<RunningService> InvoiceAppAsync(params (string Name, string Value)[] variables) =>
        StartAsync(SampleEnvironment.InvoiceApp(variables), InvoiceService.Build);

    public static Task<RunningService> ProviderAsync(params (string Name, string Value)[] variables) =>
        StartAsync(SampleEnvironment.Provider(variables), ProviderService.Build);

    public static Task<RunningService> ProxyAsync(Uri upstream, params (string Name, string Value)[] variables) =>
        StartAsync(SampleEnvironment.Proxy([("UPSTREAM_URL", upstream.AbsoluteUri), .. variables]), ProxyService.Build);

    public T Part<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>What SIGTERM does; ends when the service has ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<RunningService> StartAsync(EnvironmentReader environment, Func<EnvironmentReader, Action<IServiceCollection>?, WebApplication> build)
    {
        var service = new RunningService(build(environment, services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<CapturedLines>();
            services.AddSingleton<ILoggerProvider>(p => p.GetRequiredService<CapturedLines>());
        }));
        await service._app.StartAsync();
        service.Client = new HttpClient { BaseAddress = service.Address };
        return service;
    }
}
