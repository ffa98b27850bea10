using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>A real defect, put into a real lab, that must turn a spec red: proof that the spec can fail.</summary>
public abstract class Plant
{
    /// <summary>Its name, as <c>make self-check</c> shows it.</summary>
    public abstract string Id { get; }

    /// <summary>What is wrong while it is planted, in one sentence.</summary>
    public abstract string Defect { get; }

    /// <summary>When it is planted.</summary>
    public abstract PlantPoint Point { get; }

    /// <summary>The spec class whose scenario carries it.</summary>
    public abstract string SpecClass { get; }

    /// <summary>Specs (method names) that must be red.</summary>
    public abstract IReadOnlyList<string> MustBeRed { get; }

    /// <summary>What the first line of such a spec's error must hold: that its promise is broken, and not that the experiment fell over.</summary>
    public virtual string MustSay => " broken: ";

    /// <summary>Specs that the same defect may turn red as well.</summary>
    public virtual IReadOnlyList<string> MayBeRed => [];

    /// <summary>Settings of its runs and of its control, beside those of every self-check: what keeps them short.</summary>
    public virtual IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();

    /// <summary>Plants the defect, and returns what takes it back.</summary>
    public abstract Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct);

    /// <summary>Takes a defect back when disposed; failures to do so are said, not thrown: the verdict is already there.</summary>
    /// <param name="undo">How.</param>
    /// <param name="progress">Told when it did not work.</param>
    protected static IAsyncDisposable TakenBackBy(Func<Task> undo, IProgressLog progress) => new Undo(undo, progress);

    private sealed class Undo(Func<Task> undo, IProgressLog progress) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await undo();
            }
            catch (Exception e)
            {
                progress.Say($"plant not taken back: {e.Message}");
            }
        }
    }
}
