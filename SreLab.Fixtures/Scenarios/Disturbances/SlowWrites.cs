using Npgsql;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A client locks the table that others write, again and again: their writes are late, none fails.</summary>
/// <param name="objectives">What the clients are promised.</param>
internal sealed class SlowWrites(Objectives objectives) : Disturbance
{
    /// <summary>
    /// Longer than the latency objective, and together with the queue that builds up meanwhile shorter than the second after which a writer
    /// gives up; the pause is long enough for the queue to be worked off.
    /// </summary>
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(450);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(350);

    private Background? _locking;

    public override string Name => "slow-writes";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        BudgetBurn.OfLatency(objectives, "page", "LatencyBudgetBurnPage"),
        BudgetBurn.OfLatency(objectives, "ticket", "LatencyBudgetBurnTicket"),
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        var client = await ClientSession.OpenAsync(context.Lab, Place.ReadWrite, ct);
        _locking = Background.Start(token => LockAsync(client, token));
        return FormattableString.Invariant($"{LedgerTable.Name} locked for {Held.TotalMilliseconds:0} ms, again after {Pause.TotalMilliseconds:0} ms, and so on");
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_locking is not null)
        {
            await _locking.DisposeAsync();
            _locking = null;
        }
    }

    private static async Task LockAsync(NpgsqlConnection client, CancellationToken ct)
    {
        await using (client)
        {
            while (true)
            {
                await ClientSession.ExecuteAsync(client, $"begin; lock table {LedgerTable.Name} in exclusive mode", ct);
                await Task.Delay(Held, ct);
                await ClientSession.ExecuteAsync(client, "commit", ct);
                await Task.Delay(Pause, ct);
            }
        }
    }
}
