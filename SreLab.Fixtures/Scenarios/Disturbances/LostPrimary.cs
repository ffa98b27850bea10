using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The member that is primary dies whole, as a machine does; nobody takes over before its lease has run out.</summary>
/// <param name="objectives">What the clients are promised.</param>
internal sealed class LostPrimary(Objectives objectives) : Disturbance
{
    private const string StartTime = "select pg_postmaster_start_time()";

    /// <summary>The rule looks back so far for another start.</summary>
    private static readonly TimeSpan RestartWindow = TimeSpan.FromMinutes(1);

    private Member _primary = Member.None;
    private object? _startTime;
    private TimeSpan _killedAt;

    public override string Name => "lost-primary";

    public override string Target => _primary.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("NoPrimary", "no member is out of recovery", async (context, ct) => await SourceSql.PrimariesAsync(context.Lab, ct) == 0),
        new("PostgresDown", "the member's PostgreSQL does not answer", IsDownAsync) { Concerns = Chosen.Label("member", () => _primary.Name) },
        new("ReadWriteEndpointDown", "no server behind the read-write endpoint passes its health check", async (context, ct) =>
            await context.Lab.Sources.ReadWriteServersAsync(ct) == 0),
        BudgetBurn.OfAvailability(objectives, "page", "AvailabilityBudgetBurnPage"),
        BudgetBurn.OfAvailability(objectives, "ticket", "AvailabilityBudgetBurnTicket"),
        new("MemberRestarted", "the member's server is another one than a minute ago", WasRestartedAsync)
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
            IsRaisedByHeal = true,
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        _startTime = await SourceSql.AskAsync(context.Lab, Place.On(_primary), StartTime, ct);
        var signalled = await context.Lab.Faults.KillMemberAsync(_primary, ct);
        _killedAt = context.Clock.Elapsed;
        return signalled;
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_primary != Member.None)
        {
            // A machine that is gone for good: started before its lease has run out, it would simply go on as the primary.
            await Chosen.ReplacedAsync(context.Lab, _primary, ct);
            await context.Lab.Faults.StartMemberAsync(_primary, ct);
            await WholeAgain.WaitAsync(context.Lab, context.Progress, ct);
        }
    }

    private async Task<bool> IsDownAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_primary == Member.None)
        {
            return false;
        }

        try
        {
            await SourceSql.AskAsync(context.Lab, Place.On(_primary), "select 1", ct);
            return false;
        }
        catch (Exception e) when (SourceSql.IsNoAnswer(e, ct))
        {
            return true;
        }
    }

    /// <summary>A server that does not answer is not another one yet.</summary>
    private async Task<bool> WasRestartedAsync(DisturbanceContext context, CancellationToken ct)
    {
        try
        {
            return _startTime is not null
                && context.Clock.Elapsed - _killedAt < RestartWindow
                && !_startTime.Equals(await SourceSql.AskAsync(context.Lab, Place.On(_primary), StartTime, ct));
        }
        catch (Exception e) when (SourceSql.IsNoAnswer(e, ct))
        {
            return false;
        }
    }
}
