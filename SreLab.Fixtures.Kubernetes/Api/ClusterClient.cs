using k8s;
using k8s.Exceptions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>Makes the client of one cluster.</summary>
internal static class ClusterClient
{
    // A request that is not a watch is answered in milliseconds; a control plane under load may need seconds.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(20);

    /// <summary>A client for a context of a kubeconfig.</summary>
    /// <exception cref="LabException">The file has no usable login for it.</exception>
    public static k8s.Kubernetes Create(string kubeconfig, string? context)
    {
        try
        {
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig, context);
            configuration.HttpClientTimeout = RequestLimit;
            return Create(configuration);
        }
        catch (Exception e) when (e is KubeConfigException or IOException or UnauthorizedAccessException or YamlDotNet.Core.YamlException)
        {
            throw new LabException(
                $"kubeconfig {kubeconfig} cannot be used for context {context ?? "current"}: {e.Message.Split('\n')[0]}; nothing was touched.\n" +
                $"  look         kubectl --kubeconfig {kubeconfig} config view",
                e);
        }
    }

    /// <summary>A client of the same server that has nothing but a token.</summary>
    public static k8s.Kubernetes CreateFor(string kubeconfig, string? context, string token)
    {
        var known = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig, context);
        return Create(new KubernetesClientConfiguration
        {
            Host = known.Host,
            SslCaCerts = known.SslCaCerts,
            SkipTlsVerify = known.SkipTlsVerify,
            TlsServerName = known.TlsServerName,
            AccessToken = token,
            HttpClientTimeout = RequestLimit,
        });
    }

    /// <summary>A client with this configuration.</summary>
    public static k8s.Kubernetes Create(KubernetesClientConfiguration configuration) => new(configuration)
    {
        // A lost node sends no end of a connection: without pings a stream to it would seem alive for ever.
        CreateWebSocketBuilder = () =>
        {
            var builder = new WebSocketBuilder();
            builder.Options.KeepAliveInterval = TimeSpan.FromSeconds(1);
            builder.Options.KeepAliveTimeout = TimeSpan.FromSeconds(2);
            return builder;
        },
    };
}
