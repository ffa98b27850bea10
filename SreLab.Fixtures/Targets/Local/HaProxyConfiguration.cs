using System.Globalization;
using System.Text;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>The way in: read-write follows the primary, read-only spreads over the standbys; Patroni says who is who.</summary>
internal static class HaProxyConfiguration
{
    /// <summary>The file's text.</summary>
    public static string Write(LabHome home, LabNetwork network)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"""
            global
                maxconn 1000
                stats socket {home.HaProxy}/admin.sock mode 600 level admin
                log stdout format raw daemon notice

            defaults
                log global
                mode tcp
                # A refused connection is told to the client at once: HAProxy would wait a second before it tried the same dead server again.
                retries 0
                timeout connect 2s
                timeout client 1h
                timeout server 1h
                timeout queue 5s
                # A member under full load answers late; only a silence of this length counts as a failed check.
                timeout check 2s
                option clitcpka
                option srvtcpka

            frontend status
                mode http
                timeout client 10s
                bind {network.Edge}:{LabNetwork.HaProxyStatus}
                http-request use-service prometheus-exporter if {"{ path /metrics }"}
                stats enable
                stats uri /
                stats refresh 5s


            """);
        Append(text, network, "read-write", LabNetwork.Postgres, "/primary");
        Append(text, network, "read-only", LabNetwork.ReadOnlyPort, "/replica");
        return text.ToString();
    }

    private static void Append(StringBuilder text, LabNetwork network, string name, int port, string check)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"""
            listen {name}
                bind {network.Edge}:{port}
                balance leastconn
                # Patroni answers OPTIONS with the status alone; after a GET, HAProxy would hang up on its body, an error in Patroni's log each time.
                option httpchk OPTIONS {check}
                http-check expect status 200
                # Two failed looks end a server's sessions: its clients must not wait for a primary that is none any more.
                default-server inter 500ms fastinter 250ms downinter 250ms fall 2 rise 1 on-marked-down shutdown-sessions

            """);
        foreach (var member in network.Members)
        {
            text.Append(CultureInfo.InvariantCulture, $"    server {member.Name} {member.Host}:{member.Port} check port {LabNetwork.Patroni}\n");
        }

        text.Append('\n');
    }
}
