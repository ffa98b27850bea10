using System.Collections.Concurrent;
using k8s;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Requests to a service through the API server, which picks one of its ready endpoints for each: what a client without a way into the cluster can do.</summary>
internal sealed class ServiceLoad : IAsyncDisposable
{
    private const int FailuresKept = 10;
    private const int SteadyRequests = 20;

    // A page of rows from the database: as dear as the service gets.
    private const string Asked = "invoices";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly IKubernetes _client;
    private readonly string _space;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _senders;
    private int _sent;
    private int _failed;

    /// <summary>Starts to send.</summary>
    /// <param name="client">The cluster's API.</param>
    /// <param name="space">Namespace of the service.</param>
    /// <param name="senders">How many requests may be on their way.</param>
    /// <param name="pause">Between a sender's answer and its next request.</param>
    public ServiceLoad(IKubernetes client, string space, int senders, TimeSpan pause)
    {
        _client = client;
        _space = space;
        _pause = pause;
        _senders = Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(SendAsync)));
    }

    /// <summary>So far.</summary>
    public RequestsRecord Requests => new(Volatile.Read(ref _sent), Volatile.Read(ref _failed), [.. _failures]);

    /// <summary>Waits until the service answers: a load that never worked proves nothing.</summary>
    /// <exception cref="LabException">It does not.</exception>
    public async Task RequireAnswersAsync(CancellationToken ct) => await Wait.UntilAsync(
        Bounds.SteadyState,
        $"answers of {InvoiceService.Name} in {_space} through the API server",
        _ =>
        {
            var now = Requests;
            return Task.FromResult((now.Sent - now.Failed >= SteadyRequests ? now : null, FormattableString.Invariant($"{now.Failed} of {now.Sent} failed{(now.Failures is [var first, ..] ? ": " + first : "")}")));
        },
        TimeSpan.FromMilliseconds(200),
        ct);

    /// <summary>Ends it.</summary>
    /// <returns>All requests that were sent to their end.</returns>
    public async Task<RequestsRecord> EndAsync()
    {
        await _stop.CancelAsync();
        await _senders;
        return Requests;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // A request that is on its way when the load ends is waited for: none is counted that was not answered or given up.
            using var limit = new CancellationTokenSource(AnswerLimit);
            try
            {
                await using var answer = await _client.CoreV1.ConnectGetNamespacedServiceProxyWithPathAsync($"{InvoiceService.Name}:http", _space, Asked, cancellationToken: limit.Token);
                await answer.CopyToAsync(Stream.Null, limit.Token);
                Interlocked.Increment(ref _sent);
            }
            catch (Exception e)
            {
                Interlocked.Increment(ref _sent);
                Interlocked.Increment(ref _failed);
                if (_failures.Count < FailuresKept)
                {
                    _failures.Enqueue(FormattableString.Invariant($"{DateTimeOffset.UtcNow:HH:mm:ss.f} {ApiErrors.Text(e)}"));
                }

                await Task.Delay(PauseAfterFailure, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_pause > TimeSpan.Zero)
            {
                await Task.Delay(_pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
