using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Clients open connections and keep them.</summary>
internal sealed class ManyConnections : Disturbance
{
    private const string Used = "(select count(*) from pg_stat_activity where backend_type = 'client backend')";

    private const string Usable =
        "(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - coalesce(current_setting('reserved_connections', true), '0')::int)";

    /// <summary>How far beyond the threshold: other clients come and go. The rest up to the maximum stays free for them.</summary>
    private const int Beyond = 7;

    private readonly ConcurrentBag<NpgsqlConnection> _clients = [];
    private Member _primary = Member.None;

    public override string Name => "many-connections";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("ConnectionsHigh", "more than 80 % of the connections that clients can have on the primary are taken", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, Place.On(_primary), $"select {Used} > 0.8 * {Usable}", ct))
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        var missing = (int)(await SourceSql.AskAsync(
            context.Lab, Place.On(_primary), string.Create(CultureInfo.InvariantCulture, $"select (floor(0.8 * {Usable}) + {Beyond} - {Used})::int"), ct))!;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Max(0, missing)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct },
            async (_, token) => _clients.Add(await ClientSession.OpenAsync(context.Lab, Place.On(_primary), token)));
        return string.Create(CultureInfo.InvariantCulture, $"{_clients.Count} connections opened to {_primary} and kept");
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        while (_clients.TryTake(out var client))
        {
            await client.DisposeAsync();
        }
    }
}
