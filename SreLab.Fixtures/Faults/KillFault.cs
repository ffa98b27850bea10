using System.Net.Sockets;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults;

/// <summary>SIGKILL to the primary's postmaster or to its whole member; recovers what it broke.</summary>
/// <param name="lab">The lab that is hit.</param>
/// <param name="kind">How much of the primary dies.</param>
/// <param name="primary">The primary.</param>
internal sealed class KillFault(ILab lab, KillKind kind, Member primary)
{
    private bool _injected;
    private bool _recovered;

    /// <summary>Whether something may still be dead.</summary>
    public bool IsOpen => _injected && !_recovered;

    /// <summary>Sends the signals.</summary>
    /// <returns>What was signalled.</returns>
    public async Task<string> InjectAsync(CancellationToken ct)
    {
        // Before the call: when it fails half-way, something may be dead already.
        _injected = true;
        return kind == KillKind.Postmaster
            ? await lab.Faults.KillPostmasterAsync(primary, ct).ConfigureAwait(false)
            : await lab.Faults.KillMemberAsync(primary, ct).ConfigureAwait(false);
    }

    /// <summary>Waits until the dead primary refuses a direct connection. A fault that did not land must not pass.</summary>
    /// <exception cref="LabException">It still accepts connections.</exception>
    public Task WaitUntilSeenAsync(CancellationToken ct) => Wait.UntilAsync(
        Bounds.FaultSeen,
        $"{primary.Name} to refuse a direct connection after {kind.FaultName()}",
        async token => (await IsRefusedAsync(token).ConfigureAwait(false) ? "refused" : null, "connection accepted"),
        TimeSpan.FromMilliseconds(5),
        ct);

    /// <summary>Starts what was killed. After a killed postmaster there is nothing to start: its Patroni lives and does it.</summary>
    public async Task RecoverAsync(CancellationToken ct)
    {
        if (kind == KillKind.Member)
        {
            await lab.Faults.StartMemberAsync(primary, ct).ConfigureAwait(false);
        }

        _recovered = true;
    }

    /// <summary>Waits until every member streams again.</summary>
    public Task<ClusterState> WaitUntilHealedAsync(CancellationToken ct) => WholeCluster.WaitAsync(lab, Bounds.Rejoin, ct);

    private async Task<bool> IsRefusedAsync(CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(primary.Host, primary.Port, ct).ConfigureAwait(false);
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return true;
        }
    }
}
