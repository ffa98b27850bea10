using System.Globalization;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>The ways between members, and from them to the consensus store: a HAProxy each, so that a stopped one is a way on which everything is lost.</summary>
/// <remarks>
/// Everything on this machine comes from one address, so a way is known by where it leads, not by who uses it. Only one question is told
/// apart by its sender: the leader's, whether it may go on without a store. It names itself in it.
/// </remarks>
internal static class LinkConfiguration
{
    private const string Common =
        """
            log stdout format raw daemon notice

        defaults
            log global
            mode tcp
            retries 0
            timeout connect 2s
            timeout client 1h
            timeout server 1h
            option clitcpka
            option srvtcpka


        """;

    /// <summary>The file of one way.</summary>
    public static string FileOf(LabHome home, string link) => Path.Combine(home.Links, link + ".cfg");

    /// <summary>Where one is told what to lose.</summary>
    public static string SocketOf(LabHome home, string link) => Path.Combine(home.Links, link + ".sock");

    /// <summary>Names of leaders whose question is lost; empty in a whole lab, and only ever filled in a running process.</summary>
    public static string IsolatedFile(LabHome home) => Path.Combine(home.Links, "isolated.lst");

    /// <summary>Writes the files of every way.</summary>
    public static void WriteAll(LabHome home, LabNetwork network, RunAsUser owner)
    {
        owner.WriteFile(IsolatedFile(home), "");
        foreach (var member in network.Members)
        {
            owner.WriteFile(FileOf(home, ProgramNames.FromMembers(member)), FromMembers(home, network, member));
            owner.WriteFile(FileOf(home, ProgramNames.ToStore(member)), ToStore(home, network, member));
        }
    }

    /// <summary>From the other members to one: WAL and copies, and what Patronis ask one another.</summary>
    internal static string FromMembers(LabHome home, LabNetwork network, Member member) => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Global(home, ProgramNames.FromMembers(member))}
        {Common}listen postgres
            bind {network.EntryOf(member)}:{member.Port}
            server {member.Name} {member.Host}:{member.Port}

        listen patroni
            mode http
            bind {network.EntryOf(member)}:{LabNetwork.Patroni}
            timeout tarpit 1h
            option http-buffer-request
            acl isolated req.body,json_query('$.name') -m str -f {IsolatedFile(home)}
            http-request tarpit if {"{ path_beg /failsafe }"} isolated
            server {member.Name} {member.Host}:{LabNetwork.Patroni}

        """);

    /// <summary>From a member's Patroni to every part of the consensus store, its own included.</summary>
    internal static string ToStore(LabHome home, LabNetwork network, Member member) =>
        string.Create(CultureInfo.InvariantCulture, $"{Global(home, ProgramNames.ToStore(member))}\n{Common}")
        + string.Concat(network.Members.Select(to => string.Create(CultureInfo.InvariantCulture,
            $"""
            listen {to.Name}
                bind {network.StoreOf(member, to)}:{LabNetwork.EtcdClient}
                server {to.Name} {to.Host}:{LabNetwork.EtcdClient}


            """)));

    private static string Global(LabHome home, string link) => string.Create(CultureInfo.InvariantCulture,
        $"""
        global
            maxconn 500
            stats socket {SocketOf(home, link)} mode 600 level admin
        """);
}
