using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Logs;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>Not ready at once when the service is asked to end; listening goes on until clients had the time to notice.</summary>
/// <param name="settings">How long that is.</param>
/// <param name="lifecycle">What others look at.</param>
/// <param name="host">Tells when the signal came.</param>
/// <param name="logger">Where the phases are noted.</param>
public sealed class GracefulShutdown(ServiceSettings settings, ServiceLifecycle lifecycle, IHostApplicationLifetime host, ILogger<GracefulShutdown> logger)
    : IHostedLifecycleService, IDisposable
{
    private CancellationTokenRegistration _signal;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _signal = host.ApplicationStopping.Register(lifecycle.Drain);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        logger.Write(LogLevel.Information, "service started", ("version", settings.Version), ("urls", string.Join(';', settings.Urls)), ("defects", string.Join(',', settings.Defects)));
        foreach (var defect in settings.Defects)
        {
            logger.Write(LogLevel.Warning, "this service carries a defect on purpose", ("defect", defect));
        }

        return Task.CompletedTask;
    }

    /// <summary>Comes before the listeners are closed: the host waits for it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifecycle.Drain();
        logger.Write(LogLevel.Information, "draining", ("seconds", settings.Drain.TotalSeconds));
        try
        {
            await Task.Delay(settings.Drain, cancellationToken);
        }
        finally
        {
            lifecycle.Close();
        }

        logger.Write(LogLevel.Information, "closing: no new connection is accepted");
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        logger.Write(LogLevel.Information, "service stopped", ("uptime_seconds", lifecycle.Uptime.TotalSeconds));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();
}
