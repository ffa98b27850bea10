using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Every order takes longer than the objective allows.</summary>
internal sealed class SlowOrders : Plant
{
    public override string Id => "slow-orders";

    public override string Defect => "a trigger delays every order by 0.4 s";

    public override PlantPoint Point => PlantPoint.DuringBench;

    public override string SpecClass => "When_the_database_is_benchmarked";

    public override IReadOnlyList<string> MustBeRed => ["The_99th_percentile_of_latency_keeps_its_objective", "The_healthy_run_keeps_its_error_budgets"];

    // An open loop at 50 % of a crippled closed loop may skip transactions; few transactions may be too few to judge.
    public override IReadOnlyList<string> MayBeRed => ["The_error_ratio_keeps_its_objective", "The_numbers_agree_with_what_pgbench_said"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        await AdminSql.RunAsync(
            lab,
            Place.ReadWrite,
            """
            create or replace function srelab.delay() returns trigger language plpgsql as $$ begin perform pg_sleep(0.4); return new; end $$;
            create or replace trigger planted_delay before insert on shop.orders for each row execute function srelab.delay()
            """,
            ct);
        return TakenBackBy(
            () => AdminSql.RunAsync(
                lab, Place.ReadWrite, "drop trigger planted_delay on shop.orders; drop function srelab.delay()", CancellationToken.None),
            progress);
    }
}
