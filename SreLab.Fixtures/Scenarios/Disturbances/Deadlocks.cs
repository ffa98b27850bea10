using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>Pairs of clients take two locks in opposite order. The locks are advisory ones, so no row is touched.</summary>
internal sealed class Deadlocks : Disturbance
{
    private const int Rounds = 4;

    /// <summary>Few at a time: every session counts as a connection.</summary>
    private const int PairsAtOnce = 2;

    private readonly RecentIncrease _lately = new(TimeSpan.FromMinutes(1));
    private Member _primary = Member.None;

    public override string Name => "deadlocks";

    public override string Target => _primary.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("DeadlocksHigh", "PostgreSQL has counted more than 5 deadlocks on the primary within a minute", HoldsAsync)
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);

        // The probe counts from here.
        await HoldsAsync(context, ct);
        var victims = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var pairs = await Task.WhenAll(Enumerable.Range(0, PairsAtOnce).Select(pair => DeadlockAsync(context.Lab, pair, ct)));
            victims += pairs.Count(isDeadlock => isDeadlock);
        }

        return victims == Rounds * PairsAtOnce
            ? string.Create(CultureInfo.InvariantCulture, $"{victims} pairs of clients locked each other out on {_primary}")
            : throw new LabException(string.Create(CultureInfo.InvariantCulture, $"deadlocks not caused: of {Rounds * PairsAtOnce} pairs of clients {victims} locked each other out."));
    }

    /// <summary>The sessions have ended; the count goes on counting for a minute.</summary>
    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => Task.CompletedTask;

    private async Task<bool> HoldsAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_primary == Member.None)
        {
            return false;
        }

        var count = (decimal)(await SourceSql.AskAsync(context.Lab, Place.On(_primary), "select sum(deadlocks) from pg_stat_database", ct))!;
        return _lately.Add(context.Clock.Elapsed, (double)count) > 5;
    }

    private async Task<bool> DeadlockAsync(ILab lab, int pair, CancellationToken ct)
    {
        // A closed session hands its statistics in at once; an open one does so seconds later.
        await using var one = await ClientSession.OpenAsync(lab, Place.On(_primary), ct);
        await using var other = await ClientSession.OpenAsync(lab, Place.On(_primary), ct);
        await ClientSession.ExecuteAsync(one, "begin; " + Lock(pair, 0), ct);
        await ClientSession.ExecuteAsync(other, "begin; " + Lock(pair, 1), ct);
        var ended = await Task.WhenAll(IsVictimAsync(one, Lock(pair, 1), ct), IsVictimAsync(other, Lock(pair, 0), ct));
        return ended.Count(isVictim => isVictim) == 1;
    }

    private static string Lock(int pair, int side) =>
        string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock(hashtext('srelab deadlock'), {(pair * 2) + side})");

    private static async Task<bool> IsVictimAsync(NpgsqlConnection client, string sql, CancellationToken ct)
    {
        try
        {
            await ClientSession.ExecuteAsync(client, sql, ct);
            await ClientSession.ExecuteAsync(client, "rollback", ct);
            return false;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            await ClientSession.ExecuteAsync(client, "rollback", ct);
            return true;
        }
    }
}
