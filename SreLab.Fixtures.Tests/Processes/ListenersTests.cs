using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Processes;

public sealed class ListenersTests
{
    [Fact]
    public void A_listener_is_found_with_its_holder()
    {
        using var listener = new TcpListener(IPAddress.Parse("127.99.98.97"), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var found = Listeners.ReadAll().Single(l => l.Port == port && l.Address.Equals(IPAddress.Parse("127.99.98.97")));

        found.IsLoopback.Should().BeTrue();
        found.Takes(IPAddress.Parse("127.99.98.97")).Should().BeTrue();
        found.Takes(IPAddress.Parse("127.99.98.98")).Should().BeFalse();
        Listeners.DescribeHolder(found.Inode).Should().Contain(string.Create(CultureInfo.InvariantCulture, $"pid {Environment.ProcessId} ("));
    }

    [Fact]
    public void An_address_of_every_interface_takes_every_address_and_is_no_loopback()
    {
        const string Any = "   0: 00000000:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0";
        const string Any6 =
            "   0: 00000000000000000000000000000000:1538 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12346 1";

        foreach (var listener in new[] { Listeners.Parse(Any, "tcp", "0A")!, Listeners.Parse(Any6, "tcp", "0A")! })
        {
            listener.Port.Should().Be(5432);
            listener.Takes(IPAddress.Parse("127.20.0.11")).Should().BeTrue();
            listener.IsLoopback.Should().BeFalse();
        }
    }

    [Fact]
    public void The_kernels_byte_order_is_undone()
    {
        const string Line = "   1: 0B00147F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 777 1";

        Listeners.Parse(Line, "tcp", "0A").Should().Be(new Listener("tcp", IPAddress.Parse("127.20.0.11"), 3306, 777));
        Listeners.Parse(Line, "tcp", "01").Should().BeNull("only listening sockets were asked for");
    }
}
