using System.Globalization;
using System.Net;

namespace SreLab.Fixtures.Processes;

/// <summary>A socket that waits for connections, or a bound datagram socket.</summary>
/// <param name="Protocol">tcp or udp.</param>
/// <param name="Address">Where it is bound.</param>
/// <param name="Port">Its port.</param>
/// <param name="Inode">By which the holder is found.</param>
internal sealed record Listener(string Protocol, IPAddress Address, int Port, long Inode)
{
    /// <summary>Takes this address: bound to it, or to every address.</summary>
    public bool Takes(IPAddress address) =>
        Address.Equals(address) || Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any)
        || (Address.IsIPv4MappedToIPv6 && Address.MapToIPv4().Equals(address));

    /// <summary>Cannot be reached from another machine.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Protocol} {new IPEndPoint(Address, Port)}");
}

/// <summary>Every listening socket of this machine, from the kernel's own tables.</summary>
internal static class Listeners
{
    private const string TcpListening = "0A";
    private const string UdpUnconnected = "07";

    /// <summary>All of them now.</summary>
    public static IReadOnlyList<Listener> ReadAll() =>
    [
        .. ReadTable("/proc/net/tcp", "tcp", TcpListening),
        .. ReadTable("/proc/net/tcp6", "tcp", TcpListening),
        .. ReadTable("/proc/net/udp", "udp", UdpUnconnected),
        .. ReadTable("/proc/net/udp6", "udp", UdpUnconnected),
    ];

    /// <summary>Who holds a socket, for people: pid and command, or unknown when another user's process may not be looked into.</summary>
    public static string DescribeHolder(long inode)
    {
        foreach (var pid in ProcessStat.Pids())
        {
            if (SocketsOf(pid).Contains(inode))
            {
                var command = ProcessStat.CommandLine(pid);
                var shown = command.Length > 60 ? command[..57] + "..." : command;
                return string.Create(CultureInfo.InvariantCulture, $"pid {pid} ({(shown.Length > 0 ? shown : ProcessStat.Read(pid)?.Name)})");
            }
        }

        return "an unknown process (of another user)";
    }

    /// <summary>Inodes of the sockets that a process holds; empty when it may not be looked into.</summary>
    public static IReadOnlySet<long> SocketsOf(int pid) => ProcessStat.Descriptors(pid)
        .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
        .Select(target => long.Parse(target.AsSpan(8, target.Length - 9), CultureInfo.InvariantCulture))
        .ToHashSet();

    /// <summary>Reads one line of <c>/proc/net/tcp</c> and its like; null when it is not in the wanted state.</summary>
    public static Listener? Parse(string line, string protocol, string state)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 10 || fields[3] != state)
        {
            return null;
        }

        var colon = fields[1].IndexOf(':', StringComparison.Ordinal);
        var bytes = Convert.FromHexString(fields[1].AsSpan(0, colon));

        // Words of 32 bits, each in the machine's own byte order.
        for (var word = 0; word < bytes.Length && BitConverter.IsLittleEndian; word += 4)
        {
            Array.Reverse(bytes, word, 4);
        }

        return new Listener(
            protocol,
            new IPAddress(bytes),
            int.Parse(fields[1].AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(fields[9], CultureInfo.InvariantCulture));
    }

    private static IEnumerable<Listener> ReadTable(string path, string protocol, string state) => File.Exists(path)
        ? File.ReadAllLines(path).Skip(1).Select(line => Parse(line, protocol, state)).OfType<Listener>()
        : [];
}
