using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Every defect that can be planted, and the planting of the one that the settings name.</summary>
public static class Planting
{
    /// <summary>All plants, in the order in which a self-check carries them out.</summary>
    public static IReadOnlyList<Plant> All { get; } =
    [
        new MissingStandby(),
        new AsynchronousByDefault.ByRole(isSeenBySettings: true),
        new AsynchronousByDefault.ByDatabase(isSeenBySettings: true),
        new OrphanedRow(),
        new AlteredStandby(),
        new SlowOrders(),
        new TerminatedClients(),
        new BusyHost(),
        new DeletedWrite(),
        new SecondPrimary(),
        new AsynchronousReplication(),
        new AsynchronousByDefault.ByRole(isSeenBySettings: false),
        new AsynchronousByDefault.ByDatabase(isSeenBySettings: false),
        new HalfTransfer(),
        new StaleStandby(),
        new CrashedServer(),
        new LongLease(),
        new ForgottenPayment(),
        new DoublePayment(),
        new ReopenedInvoice(),
        new RemovedSegment(),
        new WrongTarget(),
        new AlteredRestore(),
        new LostKey(),
        new SilentArchiver(),
        new RemovedAlert(),
        new BrokenExpression(),
        new RenamedMetric(),
        new MutedRoute(),
        new PageInQuiet(),
    ];

    /// <summary>The name of the control: a self-check run with nothing planted.</summary>
    public const string Control = "none";

    /// <summary>The defect that is not in a lab: programs that inherit the environment; seen by what a hostile environment reaches then.</summary>
    public const string InheritedEnvironment = "inherited-environment";

    /// <summary>The names of all defects.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(p => p.Id), InheritedEnvironment];

    /// <summary>Plants the named defect when this is its point.</summary>
    /// <exception cref="LabException">No plant has that name.</exception>
    internal static async Task<IAsyncDisposable> AtAsync(PlantPoint point, LabSettings settings, ILab lab, IProgressLog progress, CancellationToken ct)
    {
        if (settings.Plant is "" or Control or InheritedEnvironment)
        {
            return Nothing.Instance;
        }

        var plant = All.FirstOrDefault(p => p.Id == settings.Plant)
            ?? throw new LabException($"plant {settings.Plant} does not exist; nothing was touched.\n  known        {string.Join(", ", Ids)}");
        if (plant.Point != point)
        {
            return Nothing.Instance;
        }

        progress.Say($"PLANTED {plant.Id}: {plant.Defect}");
        return await plant.PlantAsync(lab, settings, progress, ct);
    }

    private sealed class Nothing : IAsyncDisposable
    {
        internal static readonly Nothing Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
