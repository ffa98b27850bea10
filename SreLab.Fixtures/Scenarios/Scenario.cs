using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using Xunit;

namespace SreLab.Fixtures.Scenarios;

/// <summary>One experiment: carried out once, recorded, judged by many specs.</summary>
/// <remarks>
/// Asks whether an earlier stage blocks this one, runs, keeps the failure for the specs to show, and notes the stage as
/// failed. A skip may not be raised here (xUnit reports it as a failure of every spec): the spec's base class does that.
/// </remarks>
/// <param name="lab">The fixture of the assembly.</param>
/// <param name="stage">The stage it belongs to.</param>
public abstract class Scenario(LabFixture lab, string stage) : IAsyncLifetime
{
    /// <summary>The fixture of the assembly.</summary>
    public LabFixture Fixture { get; } = lab;

    /// <summary>The stage it belongs to.</summary>
    public string Stage { get; } = stage;

    /// <summary>Why it may not run; null when it ran.</summary>
    public string? BlockedBy { get; private set; }

    /// <summary>What stopped the experiment; null when it was carried out.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the target must be able to do; null for what every target can.</summary>
    protected virtual Capability? Needs => Stages.NeedsOfTarget.TryGetValue(Stage, out var needed) ? needed : null;

    /// <summary>What it recorded, as it lies on disk: specs, report and a later judge read the same.</summary>
    public RunEvidence Evidence => new(Fixture.Run);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        BlockedBy = Fixture.Ledger.BlockedBy(Stage) ?? Fixture.Target.WhyLacking(Needs);
        if (BlockedBy is not null)
        {
            Fixture.Progress.Say($"{Stage} skipped: {BlockedBy}");
            return;
        }

        try
        {
            await RunAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception e)
        {
            Failure = e;
            Fixture.Ledger.Failed(Stage, e.Message);
            Fixture.Progress.Say($"{Stage} failed: {e.Message}");
        }
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends it before anything was done: what it needs was found not to be there.</summary>
    /// <param name="reason">Told for each spec, which is skipped.</param>
    protected void Block(string reason)
    {
        BlockedBy = reason;
        Fixture.Progress.Say($"{Stage} skipped: {reason}");
    }

    /// <summary>The experiment. Order is the method: prove steady state, act, see the effect, heal, read back, record.</summary>
    /// <param name="ct">Cancelled when the run is.</param>
    protected abstract Task RunAsync(CancellationToken ct);
}
