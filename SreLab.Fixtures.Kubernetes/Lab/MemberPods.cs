using System.Collections.Concurrent;
using System.Net;
using k8s;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Forwards;

namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>The instances as members, each on a loopback address of the lab.</summary>
internal sealed class MemberPods : IAsyncDisposable
{
    // As on the embedded target: the first member has the address that ends in 11.
    private const int FirstHost = 11;

    private readonly ConcurrentDictionary<string, MemberForward> _forwards = new(StringComparer.Ordinal);

    /// <summary>Starts a forward to each.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="space">Namespace of the database.</param>
    /// <param name="instances">Names of the instances, which are those of their pods.</param>
    /// <param name="network">First three numbers of the lab's loopback addresses.</param>
    /// <param name="logins">How to log in to them.</param>
    public MemberPods(IKubernetes client, string space, IReadOnlyList<string> instances, string network, DatabaseLogins logins)
    {
        Members =
        [
            .. instances.Select((name, index) =>
            {
                var host = FormattableString.Invariant($"{network}.{FirstHost + index}");
                var forward = _forwards[name] = MemberForward.ToPod(IPAddress.Parse(host), client, space, name, MemberLogin.With(logins, host));
                return new Member(name, host, forward.Port);
            }),
        ];
    }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>Waits until each was asked once whether it takes a session.</summary>
    public Task KnownAsync(CancellationToken ct) => Task.WhenAll(_forwards.Values.Select(f => f.KnownAsync(ct)));

    /// <summary>Names of instances in the order of their numbers: <c>srelab-10</c> comes after <c>srelab-9</c>.</summary>
    public static IReadOnlyList<string> InOrder(IEnumerable<string> names) =>
        [.. names.OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal)];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var forward in _forwards.Values)
        {
            await forward.DisposeAsync();
        }
    }
}
