using System.Globalization;
using System.Text;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>The load balancer in front of invoice-app; an HAProxy of its own, so that the way to the database never waits for a workload.</summary>
internal static class BalancerConfiguration
{
    /// <summary>Servers of this backend get the public requests.</summary>
    public const string Backend = "invoice-app";

    /// <summary>Servers of this backend get none: it asks each service for its liveness, as a kubelet would.</summary>
    public const string Liveness = "liveness";

    /// <summary>Its file.</summary>
    public static string PathIn(LabHome home) => Path.Combine(home.Workloads, "haproxy.cfg");

    /// <summary>The file's text.</summary>
    public static string Write(LabNetwork network)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"""
            global
                maxconn 2000
                log stdout format raw daemon notice

            defaults
                log global
                mode http
                timeout connect 1s
                timeout client 30s
                timeout server 70s
                timeout queue 5s
                timeout http-request 5s
                # Another server is tried only when nothing was sent to the first one: a payment must not be sent twice by us.
                option redispatch 1
                retries 2
                retry-on conn-failure

            frontend public
                bind {network.Edge}:{LabNetwork.Balancer}
                # For operators, not for clients.
                http-request deny deny_status 404 if {"{ path_beg /_proxy } or { path /metrics /healthz /readiness }"}
                default_backend {Backend}

            frontend status
                bind {network.Edge}:{LabNetwork.BalancerStatus}
                http-request use-service prometheus-exporter if {"{ path /metrics }"}
                stats enable
                stats uri /
                stats refresh 5s

            backend {Backend}
                # Each in turn, as a Kubernetes service does: the least loaded one first would hide a slow instance from whoever measures.
                balance roundrobin
                option httpchk
                http-check send meth GET uri /readiness ver HTTP/1.1 hdr Host srelab
                http-check expect status 200
                timeout check 2s
                # One failed look takes an instance out: a draining one has a second until it stops to listen.
                default-server inter 200ms fall 1 rise 1

            """);
        foreach (var (instance, host) in network.Workloads.Where(w => w.Key != ProgramNames.Provider))
        {
            text.Append(CultureInfo.InvariantCulture, $"    server {instance} {host}:{LabNetwork.Sidecar} check\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"""

            backend {Liveness}
                option httpchk
                http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host srelab
                http-check expect status 200
                timeout check 1s
                default-server inter 500ms fall 2 rise 1

            """);
        foreach (var (instance, host) in network.Workloads)
        {
            text.Append(CultureInfo.InvariantCulture, $"    server {instance} {host}:{LabNetwork.Service} check\n");
        }

        return text.ToString();
    }
}
