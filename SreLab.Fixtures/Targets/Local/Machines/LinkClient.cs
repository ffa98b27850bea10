using System.Net.Sockets;
using System.Text;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Tells the ways between members whose question they are to lose, over HAProxy's socket.</summary>
internal sealed class LinkClient(LabHome home, LabNetwork network)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>From now on no member hears this one's question whether it may lead without a store.</summary>
    public async Task IsolateAsync(Member member, CancellationToken ct)
    {
        foreach (var other in network.Members.Where(m => m != member))
        {
            var answer = await TellAsync(ProgramNames.FromMembers(other), $"add acl {LinkConfiguration.IsolatedFile(home)} {member.Name}", ct);
            if (answer.Length > 0)
            {
                throw new LabException($"the way to {other.Name} does not lose what it was told to: {answer}\n  fix          make up (repairs the lab)");
            }
        }
    }

    /// <summary>Every question is heard again.</summary>
    public async Task ReconnectAsync(CancellationToken ct)
    {
        foreach (var member in network.Members)
        {
            await TellAsync(ProgramNames.FromMembers(member), $"clear acl {LinkConfiguration.IsolatedFile(home)}", ct);
        }
    }

    private async Task<string> TellAsync(string link, string command, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(LinkConfiguration.SocketOf(home, link)), limit.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\n"), limit.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return (await reader.ReadToEndAsync(limit.Token)).Trim();
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new LabException($"{link} does not answer: {e.Message}\n  fix          make up (repairs the lab)", e);
        }
    }
}
