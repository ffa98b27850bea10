using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A client opens a transaction and forgets it.</summary>
internal sealed class LongTransaction : Disturbance
{
    private const string Question =
        """
        select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0) > 60
        from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
        """;

    private Member _primary = Member.None;
    private NpgsqlConnection? _client;

    public override string Name => "long-transaction";

    public override string Target => _primary.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("LongTransaction", "a client's transaction on the primary is open for more than 60 s", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, _primary, Question, ct))
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        _client = await ClientSession.OpenAsync(context.Lab, Place.On(_primary), ct);
        await ClientSession.ExecuteAsync(_client, "begin; select 1", ct);
        return $"a client opened a transaction on {_primary} and left it open";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }
}
