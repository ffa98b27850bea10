using System.Net;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;

namespace SreLab.Fixtures.Kubernetes.Forwards;

/// <summary>A member's PostgreSQL on a loopback address: connections are refused there while PostgreSQL takes none in the pod.</summary>
/// <remarks>
/// A port-forward is accepted before anybody knows whether the pod has somebody on the port. So that a dead member looks dead, a session of the
/// forward's own is open all the time: when it ends, another one is tried, and when that one is not had, the address refuses until one is.
/// It is a session that has logged in. A connection that has not, which was made while the server starts or stops, is waited for by a server
/// that shuts down, for as long as it says nothing: the watch would keep a deleted pod's server from ending in time.
/// </remarks>
internal sealed class MemberForward : IAsyncDisposable
{
    /// <summary>PostgreSQL's port in the pod.</summary>
    public const int PostgresPort = 5432;

    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseWhileDead = TimeSpan.FromMilliseconds(100);

    private readonly LoginToMember _login;
    private readonly LoopbackListener _way;
    private readonly LoopbackListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;

    /// <summary>Starts to forward.</summary>
    /// <param name="address">Loopback address.</param>
    /// <param name="open">Opens a connection to PostgreSQL in the pod.</param>
    /// <param name="login">Logs in there.</param>
    public MemberForward(IPAddress address, Func<CancellationToken, Task<PodTunnel>> open, LoginToMember login)
    {
        _login = login;
        _way = new LoopbackListener(address, open);
        _way.Listen();
        _listener = new LoopbackListener(address, open);

        // The port is found while nobody is told of it yet.
        _listener.Listen();
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>To a pod of a cluster.</summary>
    public static MemberForward ToPod(IPAddress address, IKubernetes client, string space, string pod, LoginToMember login) =>
        new(address, ct => PodTunnel.OpenAsync(client, space, pod, PostgresPort, ct), login);

    /// <summary>Port on the loopback address.</summary>
    public int Port => _listener.Port;

    /// <summary>Whether PostgreSQL took a session when it was last asked.</summary>
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
        await _way.DisposeAsync();
        await _listener.DisposeAsync();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var session = await LoginAsync();
                _listener.Listen();
                Problem = "";
                _known.TrySetResult();
                await session.EndedAsync(_stop.Token);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                // While it listens, one session that broke may be the network's fault: one more is tried. A dead one is not asked twice.
                var problem = _listener.IsListening && _known.Task.IsCompleted ? await ProblemAsync() : Text(e);
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

    /// <summary>Why PostgreSQL takes no session; null when it does.</summary>
    private async Task<string?> ProblemAsync()
    {
        try
        {
            await using var session = await LoginAsync();
            return null;
        }
        catch (Exception e)
        {
            return Text(e);
        }
    }

    // What the way said is the cause of what the client saw.
    private string Text(Exception e) => _way.TakeProblem() ?? ApiErrors.Text(e);

    private async Task<IMemberSession> LoginAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(LoginLimit);
        _way.TakeProblem();
        return await _login(_way.Port, limit.Token);
    }
}
