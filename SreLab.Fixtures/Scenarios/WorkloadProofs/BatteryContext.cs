using Npgsql;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Payments;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>What the probes work with.</summary>
/// <param name="Lab">The lab; its database is filled.</param>
/// <param name="Workloads">Deployed as planned.</param>
/// <param name="Plan">How closely to look.</param>
/// <param name="Seed">Decides every request.</param>
/// <param name="Store">Where raw evidence goes.</param>
/// <param name="Progress">Live progress.</param>
internal sealed record BatteryContext(ILab Lab, ILabWorkloads Workloads, BatteryPlan Plan, int Seed, RunStore Store, IProgressLog Progress)
{
    private const int SampleSize = 500;

    /// <summary>More than two of the largest pages.</summary>
    private const int LeastUnpaid = 1200;

    /// <summary>The instance that is probed most closely.</summary>
    public WorkloadInstance Instance => Workloads.InvoiceApps.Single(i => i.Name == BatteryPlan.Instance);

    /// <summary>Invoices that exist, for requests; empty until <see cref="ReadAsync"/>.</summary>
    public IReadOnlyList<long> Sample { get; private init; } = [];

    /// <summary>Unpaid invoices in the order of the list, read before anything is asked.</summary>
    public IReadOnlyList<long> Unpaid { get; private init; } = [];

    /// <summary>Reads what the database holds; what earlier payments used up is written anew.</summary>
    public async Task<BatteryContext> ReadAsync(CancellationToken ct)
    {
        await UnpaidInvoices.EnsureAsync(Lab, LeastUnpaid, ct);
        await using var connection = ProvenConnections.Create(Lab.ConnectionString(Place.ReadWrite, DatabaseUser.App));
        await connection.OpenAsync(ct);
        var sample = await IdsAsync(connection, FormattableString.Invariant($"select id from shop.invoices order by id limit {SampleSize}"), ct);
        var unpaid = await IdsAsync(connection, "select id from shop.invoices where status = 'unpaid' order by id", ct);
        return this with { Sample = sample, Unpaid = unpaid };
    }

    /// <summary>Clients of the load balancer, as the plan says.</summary>
    public Task<HttpLoadRecord> LoadAsync(CancellationToken ct) =>
        HttpLoadRun.ForAsync(LoadOptions("load", Plan.LoadRate), Plan.LoadLength, Store, HistoryFile("load"), ct);

    /// <summary>Options of a load through the load balancer.</summary>
    public HttpLoadOptions LoadOptions(string purpose, double rate) => new()
    {
        Target = Workloads.Public,
        RatePerSecond = rate,
        Seed = Seed,
        Name = $"{Plan.Name}-{purpose}",
        Invoices = Sample,
    };

    /// <summary>Where the history of a load goes.</summary>
    public string HistoryFile(string purpose) => $"{Stages.Workloads}/http-{Plan.Name}-{purpose}.jsonl";

    private static async Task<List<long>> IdsAsync(NpgsqlConnection connection, string question, CancellationToken ct)
    {
        var ids = new List<long>();
        await using var command = new NpgsqlCommand(question, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }
}
