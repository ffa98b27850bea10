using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>The present state of some objects, kept by a watch: waiting for a change costs no request.</summary>
/// <remarks>
/// List, then watch from the version of the list. A watch that ends is taken up where it ended; one whose version is too old (410), or that broke, begins
/// with a list again, and what was deleted meanwhile goes.
/// </remarks>
/// <typeparam name="T">Kind of the objects.</typeparam>
internal sealed class ObjectWatch<T> : IAsyncDisposable
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(250);

    private readonly ObjectSource<T> _source;
    private readonly Action<WatchEventType, T>? _changed;
    private readonly ConcurrentDictionary<string, T> _items = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts to watch.</summary>
    /// <param name="source">Where the objects come from.</param>
    /// <param name="changed">Told of every change, those of a list included, from the watch's own thread.</param>
    public ObjectWatch(ObjectSource<T> source, Action<WatchEventType, T>? changed = null)
    {
        _source = source;
        _changed = changed;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>What stopped the last attempt; empty while all is well.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Every object as it was last seen.</summary>
    public IReadOnlyList<T> Items => [.. _items.Values.OrderBy(i => i.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>One object; null when it is not there.</summary>
    public T? Find(string name) => _items.GetValueOrDefault(name);

    /// <summary>Waits for the first list.</summary>
    public Task ListedAsync(CancellationToken ct) => _listed.Task.WaitAsync(ct);

    /// <summary>Waits until the objects are as they should be; looks at each change, and at nothing in between.</summary>
    /// <param name="bound">Name and length of the wait.</param>
    /// <param name="awaited">What is awaited, for the error.</param>
    /// <param name="look">Null when it is not so, and what is seen instead.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<TResult> WaitAsync<TResult>(Bound bound, string awaited, Func<IReadOnlyList<T>, (TResult? Value, string Seen)> look, CancellationToken ct)
        where TResult : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(bound.Length);
        while (true)
        {
            // Taken before the look: a change right after it is not missed.
            var next = Volatile.Read(ref _signal).Task;
            var (value, seen) = _listed.Task.IsCompleted ? look(Items) : (null, "nothing yet");
            if (value is not null)
            {
                return value;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new LabException(
                    FormattableString.Invariant($"timed out after {bound.Length.TotalSeconds:0.#} s ({bound.Name}) waiting for {awaited}.\n") +
                    $"  last seen    {seen}{(Problem.Length > 0 ? $"\n  watch        {Problem}" : "")}",
                    e);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        string? version = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                version ??= await ListAsync();
                version = await FollowAsync(version);
                Problem = "";
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                version = null;
                Problem = ApiErrors.Text(e);
                if (!ApiErrors.IsGone(e))
                {
                    await Task.Delay(PauseAfterError, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }

    private async Task<string> ListAsync()
    {
        var (items, version) = await _source.List(_stop.Token);
        var names = items.Select(i => i.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _items.Values.Where(i => !names.Contains(i.Metadata.Name)).ToArray())
        {
            Apply(WatchEventType.Deleted, gone);
        }

        foreach (var item in items)
        {
            Apply(_items.ContainsKey(item.Metadata.Name) ? WatchEventType.Modified : WatchEventType.Added, item);
        }

        _listed.TrySetResult();
        Signal();
        return version;
    }

    /// <returns>The version to go on from.</returns>
    private async Task<string> FollowAsync(string version)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Exception? error = null;
        try
        {
            await foreach (var (type, item) in _source.Watch(version, Fail, attempt.Token))
            {
                version = item.Metadata.ResourceVersion ?? version;
                if (type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted)
                {
                    Apply(type, item);
                    Signal();
                }
            }
        }
        catch (Exception) when (error is not null)
        {
            // The error that ended the watch says more than how it ended.
        }

        return error is null ? version : throw error;

        // The server tells an error as an event and may leave the connection open.
        void Fail(Exception e)
        {
            error ??= e;
            attempt.Cancel();
        }
    }

    private void Apply(WatchEventType type, T item)
    {
        if (type == WatchEventType.Deleted)
        {
            _items.TryRemove(item.Metadata.Name, out _);
        }
        else
        {
            _items[item.Metadata.Name] = item;
        }

        _changed?.Invoke(type, item);
    }

    private void Signal() => Interlocked.Exchange(ref _signal, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
