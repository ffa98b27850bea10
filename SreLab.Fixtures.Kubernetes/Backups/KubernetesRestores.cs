using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Npgsql;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Forwards;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>Restores into databases beside the lab's, each on a loopback address of this machine while this process lives.</summary>
/// <param name="parts">What the lab holds open.</param>
/// <param name="host">The loopback address.</param>
internal sealed partial class KubernetesRestores(LabParts parts, string host) : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private readonly RestoredClusters _clusters = new(parts.Client, parts.Spaces.Database, parts.Spaces.Prefix);
    private readonly ConcurrentDictionary<string, (MemberForward Forward, RestoredCluster Cluster)> _open = new(StringComparer.Ordinal);

    /// <summary>Those that are there; one that another process made has no address here.</summary>
    public IReadOnlyList<RestoredCluster> All =>
        [.. _clusters.Names.Select(n => _open.TryGetValue(n, out var open) ? open.Cluster : new RestoredCluster(n, "", 0, "", 0, FolderOf(n)))];

    /// <summary>Waits until it is known which there are.</summary>
    public Task KnownAsync(CancellationToken ct) => _clusters.KnownAsync(ct);

    /// <summary>Whether one of them has backups of its own.</summary>
    public bool HasBackups(string name) => _clusters.Find(name)?.Spec.Backup is not null;

    /// <summary>Restores one, and waits until it accepts writes. What was made is removed when it cannot be had.</summary>
    /// <param name="request">What to which moment.</param>
    /// <param name="lab">The database that was backed up.</param>
    /// <param name="archive">What the store holds.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<RestoredCluster> RestoreAsync(RestoreRequest request, DatabaseCluster lab, StoreArchive archive, IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        RequireName(request.Name);
        var catalogue = await archive.ReadAsync(ct);
        var backup = await ChooseAsync(request, catalogue, archive.Way, ct);
        var timeline = (await archive.Way.FindAsync(catalogue, ct))?.Timeline;
        progress.Say($"restoring {request.Name}: {(request.ToUtc is { } to ? "to " + RestoreRange.Text(to) : "everything that was archived")}, backup {backup.Label}, timeline {timeline?.ToString() ?? "latest"}");
        await _clusters.CreateAsync(request.Name, RestoredSpec.Of(lab, parts.Spaces.Prefix, request, backup, timeline), ct);
        try
        {
            var pod = await _clusters.RunsAsync(request.Name, ct);
            var running = clock.Elapsed.TotalSeconds;
            var logins = await LoginsAsync(request.Name, ct);
            var forward = MemberForward.ToPod(IPAddress.Parse(host), parts.Client, parts.Spaces.Database, pod, MemberLogin.With(logins, host));
            var cluster = new RestoredCluster(request.Name, host, forward.Port, logins.Npgsql(host, forward.Port, DatabaseUser.Admin), 0, FolderOf(request.Name));
            _open[request.Name] = (forward, cluster);
            await AcceptsAsync(cluster, forward, ct);
            cluster = cluster with { Seconds = clock.Elapsed.TotalSeconds };
            _open[request.Name] = (forward, cluster);
            progress.Say(FormattableString.Invariant($"{request.Name} accepts writes on {cluster.Host}:{cluster.Port} after {cluster.Seconds:0.0} s ({running:0.0} s until its instance ran)"));
            return cluster;
        }
        catch
        {
            await ClearAwayAsync(request.Name, progress);
            throw;
        }
    }

    /// <summary>Removes one.</summary>
    /// <exception cref="LabException">There is none of that name, or something of it is left.</exception>
    public async Task RemoveAsync(string name, CancellationToken ct)
    {
        await CloseAsync(name);
        if (!await _clusters.RemoveAsync(name, ct))
        {
            throw new LabException($"nothing to remove: no restored cluster {name} of this lab.\n  there are    {string.Join(", ", _clusters.Names.DefaultIfEmpty("none"))}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var name in _open.Keys)
        {
            await CloseAsync(name);
        }

        await _clusters.DisposeAsync();
    }

    /// <summary>The backup from which a moment is reached soonest. Moments out of range are refused before anything is made.</summary>
    internal static async Task<BackupSet> ChooseAsync(RestoreRequest request, BackupCatalogue catalogue, ArchiveWay way, CancellationToken ct)
    {
        if (catalogue.Backups.Count == 0)
        {
            throw new LabException("restore refused: there is no backup yet; nothing was touched.\n  fix          make backup");
        }

        if (request.ToUtc is not { } moment)
        {
            return catalogue.Backups[^1];
        }

        (await way.RangeAsync(catalogue, ct))!.Require(moment);
        return catalogue.Backups.Last(b => b.FinishedUtc <= moment);
    }

    // What led here is the failure to report; what is left carries the lab's label, and is found by it.
    private async Task ClearAwayAsync(string name, IProgressLog progress)
    {
        try
        {
            await CloseAsync(name);
            await _clusters.RemoveAsync(name, CancellationToken.None);
        }
        catch (LabException e)
        {
            progress.Say($"{name} was not cleared away: {e.Message.Split('\n')[0]}");
        }
    }

    private static void RequireName(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw new LabException($"restore refused: '{name}' is no name for a cluster; nothing was touched.\n  possible     1 to 30 lower-case letters, digits and hyphens, beginning with a letter");
        }
    }

    // The lab's own, but for the authority: a restored cluster has one of its own.
    private async Task<DatabaseLogins> LoginsAsync(string name, CancellationToken ct)
    {
        var file = CertificateOf(name);
        await DatabaseLogins.WriteAuthorityAsync(parts.Client, parts.Spaces.Database, RestoredSpec.NameOf(name), file, ct);
        return parts.Logins with { CaFile = file };
    }

    private static Task<string> AcceptsAsync(RestoredCluster cluster, MemberForward forward, CancellationToken ct) => Wait.UntilAsync(
        Bounds.RestoredAccepts,
        $"{cluster.Name} to accept writes",
        async token =>
        {
            try
            {
                await using var connection = ProvenConnections.Create(cluster.ConnectionString);
                await connection.OpenAsync(token);
                await using var command = new NpgsqlCommand("select not pg_is_in_recovery()", connection);
                return (await command.ExecuteScalarAsync(token) is true ? "writable" : null, "it replays");
            }
            catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException)
            {
                return ((string?)null, forward.Problem.Length > 0 ? forward.Problem : e.Message.Split('\n')[0]);
            }
        },
        PollInterval,
        ct);

    private async Task CloseAsync(string name)
    {
        if (_open.TryRemove(name, out var open))
        {
            await open.Forward.DisposeAsync();
        }

        File.Delete(CertificateOf(name));
    }

    private string CertificateOf(string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(parts.Logins.CaFile))!, $"restored-{name}-ca.crt");

    private string FolderOf(string name) => $"{parts.Spaces.Database}/{RestoredSpec.NameOf(name)}";

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$")]
    private static partial Regex Name();
}
