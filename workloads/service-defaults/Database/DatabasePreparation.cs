using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Makes the service's tables, again and again until the database lets it. From then on it holds for good.</summary>
/// <param name="source">The database.</param>
/// <param name="migrations">The tables.</param>
/// <param name="logger">Where it is noted.</param>
public sealed class DatabasePreparation(NpgsqlDataSource source, SchemaMigrations migrations, ILogger<DatabasePreparation> logger)
    : BackgroundService, IReadinessCondition
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public string Reason => "database";

    /// <inheritdoc/>
    public bool Holds => _done.Task.IsCompletedSuccessfully;

    /// <summary>Ends when the tables are there.</summary>
    /// <param name="ct">Cancels the wait.</param>
    public Task WaitAsync(CancellationToken ct) => _done.Task.WaitAsync(ct);

    /// <summary>Refuses to go on without the tables.</summary>
    /// <exception cref="DatabaseNotPreparedException">They are not there yet.</exception>
    public void ThrowUnlessDone()
    {
        if (!Holds)
        {
            throw new DatabaseNotPreparedException();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var before = "";
        while (!Holds && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var steps = await migrations.ApplyAsync(source, stoppingToken);
                logger.Write(LogLevel.Information, "database prepared", ("migrations", steps));
                _done.SetResult();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The same complaint twice a second would bury the others.
                if (e.Message != before)
                {
                    logger.Write(LogLevel.Warning, e, "the database cannot be prepared yet");
                    before = e.Message;
                }

                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
