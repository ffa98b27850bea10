using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Faults.Kinds;

/// <summary>Idle sessions take every connection that clients can have; those that are kept for superusers and for replication must still be there.</summary>
internal sealed class ExhaustedConnections(ILab lab, ClusterState before) : LabFault(lab, before)
{
    // More than any server of ours has; the server's refusal ends the taking.
    private const int Most = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentBag<NpgsqlConnection> _sessions = [];

    public override string Victim => Primary.Name;

    public override string? Recovery => "the idle sessions were closed";

    public override async Task<string> WaitUntilSeenAsync(CancellationToken ct)
    {
        await SeenAsync(
            "a new client to be refused",
            async token => (await IsRefusedAsync(token).ConfigureAwait(false) ? "refused" : null, "it was let in"),
            ct).ConfigureAwait(false);

        // What is kept free for an administrator is the only way to end such a night; without it the fault is not survived.
        var streams = await DirectConnection.AskAsync(Lab, Primary, DatabaseUser.Admin, "select count(*) from pg_stat_replication where state = 'streaming'", Patience, ct).ConfigureAwait(false)
            ?? throw new LabException($"with every connection taken, {Primary.Name} does not let its superuser in either.\n  look         superuser_reserved_connections");
        return string.Create(CultureInfo.InvariantCulture, $"{Primary.Name} refuses new clients; its superuser gets in, {streams} standbys stream");
    }

    protected override async Task<string> BreakAsync(CancellationToken ct)
    {
        while (_sessions.Count < Most && await OpenAsync(ct).ConfigureAwait(false) is { } session)
        {
            _sessions.Add(session);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_sessions.Count} idle sessions opened to {Primary.Name}");
    }

    protected override async Task MendAsync(CancellationToken ct)
    {
        while (_sessions.TryTake(out var session))
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> IsRefusedAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct).ConfigureAwait(false) is not { } session)
        {
            return true;
        }

        _sessions.Add(session);
        return false;
    }

    private async Task<NpgsqlConnection?> OpenAsync(CancellationToken ct)
    {
        var builder = new NpgsqlConnectionStringBuilder(Lab.ConnectionString(Place.On(Primary), DatabaseUser.App)) { Pooling = false, ApplicationName = "srelab-idle" };
        var session = ProvenConnections.Create(builder.ConnectionString);
        try
        {
            await session.OpenAsync(ct).ConfigureAwait(false);
            return session;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }
}
