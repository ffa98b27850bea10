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

    /// <summary>Some beyond the threshold, because other clients come and go; what is left up to the maximum stays free for them.</summary>
    private const string Missing = "select (floor(0.8 * " + Usable + ") + 7 - " + Used + ")::int";

    // Others may come to this many more before some are closed again: who closes at once is below the threshold when they go together.
    private const int Tolerated = 6;

    private static readonly TimeSpan AdjustInterval = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentBag<NpgsqlConnection> _clients = [];
    private Background? _keeping;
    private Member _primary = Member.None;

    public override string Name => "many-connections";

    public override string Target => _primary.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("ConnectionsHigh", "more than 80 % of the connections that clients can have on the primary are taken", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, _primary, $"select {Used} > 0.8 * {Usable}", ct))
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        await AdjustAsync(context.Lab, ct);
        var opened = _clients.Count;
        _keeping = Background.Start(token => KeepAsync(context.Lab, token));
        return string.Create(CultureInfo.InvariantCulture, $"{opened} connections opened to {_primary} and kept");
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_keeping is not null)
        {
            await _keeping.DisposeAsync();
            _keeping = null;
        }

        while (_clients.TryTake(out var client))
        {
            await client.DisposeAsync();
        }
    }

    private async Task KeepAsync(ILab lab, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(AdjustInterval, ct);
            await AdjustAsync(lab, ct);
        }
    }

    /// <summary>Opens what is missing, and closes what is far too much, so that the others always have room.</summary>
    private async Task AdjustAsync(ILab lab, CancellationToken ct)
    {
        var missing = (int)(await SourceSql.AskAsync(lab, Place.On(_primary), Missing, ct))!;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Max(0, missing)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct },
            async (_, token) => _clients.Add(await ClientSession.OpenAsync(lab, Place.On(_primary), token)));
        for (; missing < -Tolerated && _clients.TryTake(out var client); missing++)
        {
            await client.DisposeAsync();
        }
    }
}
