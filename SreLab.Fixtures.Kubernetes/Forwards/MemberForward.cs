using System.Net;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Forwards;

/// <summary>A member's PostgreSQL on a loopback address: connections are refused there while PostgreSQL refuses them in the pod.</summary>
/// <remarks>
/// A port-forward is accepted before anybody knows whether the pod has somebody on the port. So that a dead member looks dead, a connection of the
/// forward's own asks PostgreSQL whether it is there (an SSLRequest, one byte of answer) and stays open: when it ends, it is asked again, and when
/// nobody answers the address refuses until somebody does.
/// </remarks>
internal sealed class MemberForward : IAsyncDisposable
{
    /// <summary>PostgreSQL's port in the pod.</summary>
    public const int PostgresPort = 5432;

    // SSLRequest: length 8, code 80877103.
    private static readonly byte[] SslRequest = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseWhileDead = TimeSpan.FromMilliseconds(100);

    private readonly Func<CancellationToken, Task<PodTunnel>> _open;
    private readonly LoopbackListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;

    /// <summary>Starts to forward.</summary>
    /// <param name="address">Loopback address.</param>
    /// <param name="open">Opens a connection to PostgreSQL in the pod.</param>
    public MemberForward(IPAddress address, Func<CancellationToken, Task<PodTunnel>> open)
    {
        _open = open;
        _listener = new LoopbackListener(address, open);

        // The port is found while nobody is told of it yet.
        _listener.Listen();
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>To a pod of a cluster.</summary>
    public static MemberForward ToPod(IPAddress address, IKubernetes client, string space, string pod) =>
        new(address, ct => PodTunnel.OpenAsync(client, space, pod, PostgresPort, ct));

    /// <summary>Port on the loopback address.</summary>
    public int Port => _listener.Port;

    /// <summary>Whether PostgreSQL answered when it was last asked.</summary>
    public bool IsAnswering => _listener.IsListening;

    /// <summary>Why it did not; empty while it does.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Waits until PostgreSQL was asked once.</summary>
    public Task KnownAsync(CancellationToken ct) => _known.Task.WaitAsync(ct);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _listener.DisposeAsync();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var tunnel = await AskAsync();
                _listener.Listen();
                Problem = "";
                _known.TrySetResult();

                // PostgreSQL ends a connection that does not log in after a minute; then it is asked again before anything is concluded.
                await tunnel.ReadAsync(new byte[1], _stop.Token);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                // While it listens, one connection that broke may be the network's fault: one more is tried. A dead one is not asked twice.
                var problem = _listener.IsListening && _known.Task.IsCompleted ? await ProblemAsync() : ApiErrors.Text(e);
                if (problem is null)
                {
                    continue;
                }

                _listener.Refuse();
                Problem = problem;
                _known.TrySetResult();
                await Task.Delay(PauseWhileDead, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    /// <summary>Why PostgreSQL does not answer; null when it does.</summary>
    private async Task<string?> ProblemAsync()
    {
        try
        {
            await using var tunnel = await AskAsync();
            return null;
        }
        catch (Exception e)
        {
            return ApiErrors.Text(e);
        }
    }

    private async Task<PodTunnel> AskAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(AnswerLimit);
        var tunnel = await _open(limit.Token);
        try
        {
            await tunnel.WriteAsync(SslRequest, limit.Token);
            var answer = new byte[1];
            return await tunnel.ReadAsync(answer, limit.Token) > 0 ? tunnel : throw new IOException("the connection ended before PostgreSQL answered");
        }
        catch
        {
            await tunnel.DisposeAsync();
            throw;
        }
    }
}
