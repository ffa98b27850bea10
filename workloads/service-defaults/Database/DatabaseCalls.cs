using Npgsql;
using Polly;
using Polly.Retry;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Calls the database once, or again while it is away.</summary>
/// <param name="source">The database.</param>
/// <param name="preparation">Without its tables nothing is called.</param>
public sealed class DatabaseCalls(NpgsqlDataSource source, DatabasePreparation preparation)
{
    private const int Retries = 12;

    private static readonly ResiliencePipeline Again = Within(TimeSpan.FromSeconds(6));
    private static readonly ResiliencePipeline AgainLong = Within(TimeSpan.FromSeconds(60));

    /// <summary>Calls it once.</summary>
    /// <typeparam name="T">What the call yields.</typeparam>
    /// <param name="work">The call.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<T> OnceAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        preparation.ThrowUnlessDone();
        await using var connection = await source.OpenConnectionAsync(ct);
        return await work(connection, ct);
    }

    /// <summary>Calls it for up to six seconds, until it answers. Only for what may be done twice: a call that broke off may have been done.</summary>
    /// <typeparam name="T">What the call yields.</typeparam>
    /// <param name="work">The call.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<T> AgainAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        preparation.ThrowUnlessDone();
        return await Again.ExecuteAsync(async token => await OnceAsync(work, token), ct);
    }

    /// <summary>The same for a statement that may itself take up to a minute.</summary>
    /// <typeparam name="T">What the call yields.</typeparam>
    /// <param name="work">The call.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<T> AgainLongAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        preparation.ThrowUnlessDone();
        return await AgainLong.ExecuteAsync(async token => await OnceAsync(work, token), ct);
    }

    private static ResiliencePipeline Within(TimeSpan limit) => new ResiliencePipelineBuilder()
        .AddTimeout(limit)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(DatabaseFailure.IsUnavailable),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromMilliseconds(500),
        })
        .Build();
}
