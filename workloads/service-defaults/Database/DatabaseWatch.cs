using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Asks the database twice a second whether it answers: a service that cannot reach it wants no requests.</summary>
/// <remarks>
/// One lost connection, as each failover leaves behind, is no outage: it takes two questions in a row without an answer. An outage of the one
/// database takes every instance out of rotation; the load balancer then answers 503 at once, where a service would let requests wait.
/// </remarks>
/// <param name="source">A connection of its own, which is disposed with it.</param>
/// <param name="logger">Where changes are noted.</param>
public sealed class DatabaseWatch(NpgsqlDataSource source, ILogger<DatabaseWatch> logger) : BackgroundService, IReadinessCondition
{
    private const int Misses = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile int _missed;

    /// <inheritdoc/>
    public string Reason => "database";

    /// <inheritdoc/>
    public bool Holds => _missed < Misses;

    /// <inheritdoc/>
    public override void Dispose()
    {
        source.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await AskAsync(stoppingToken);
            await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        try
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(patience.Token);
            if (!Holds)
            {
                logger.Write(LogLevel.Information, "the database can be reached again");
            }

            _missed = 0;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (++_missed == Misses)
            {
                logger.Write(LogLevel.Warning, e, "the database cannot be reached: not ready");
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends, and nobody asks any more.
        }
    }
}
