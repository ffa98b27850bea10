using System.Net;
using System.Net.Sockets;

namespace SreLab.Workloads.Tests.Running;

/// <summary>Ports for services that must know theirs beforehand.</summary>
internal static class FreePort
{
    /// <summary>A port that is free now.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
