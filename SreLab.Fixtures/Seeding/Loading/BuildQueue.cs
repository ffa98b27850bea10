using System.Diagnostics.CodeAnalysis;

namespace SreLab.Fixtures.Seeding.Loading;

/// <summary>One statement of the build after the load.</summary>
/// <param name="Name">The constraint, index or sequence that it makes; the step is skipped when that exists.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Tables">Tables that it locks.</param>
/// <param name="AfterIndexes">It needs the indexes of its tables: a foreign key.</param>
internal sealed record BuildStep(string Name, string Sql, IReadOnlyList<string> Tables, bool AfterIndexes);

/// <summary>Hands steps to several connections so that none waits for another's lock: one step a table at a time, the largest table first.</summary>
internal sealed class BuildQueue
{
    private readonly Lock _lock = new();
    private readonly List<BuildStep> _waiting;
    private readonly List<BuildStep> _running = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A queue of steps.</summary>
    /// <param name="steps">All steps.</param>
    /// <param name="rowsByTable">Decides which table is the largest.</param>
    public BuildQueue(IEnumerable<BuildStep> steps, IReadOnlyDictionary<string, long> rowsByTable)
    {
        _waiting = [.. steps.OrderByDescending(s => s.Tables.Max(t => rowsByTable.GetValueOrDefault(t)))];
        Total = _waiting.Count;
    }

    /// <summary>Steps in all.</summary>
    public int Total { get; }

    /// <summary>Names of the steps that run.</summary>
    public IReadOnlyList<string> Running
    {
        get
        {
            lock (_lock)
            {
                return [.. _running.Select(s => s.Name)];
            }
        }
    }

    /// <summary>Steps that are done.</summary>
    public int Done
    {
        get
        {
            lock (_lock)
            {
                return Total - _waiting.Count - _running.Count;
            }
        }
    }

    /// <summary>The next step that may run now; null when none is left.</summary>
    public async Task<BuildStep?> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (TryTake(out var step))
                {
                    return step;
                }

                if (_waiting.Count == 0)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Says that a step is done, which may free others.</summary>
    public void Finish(BuildStep step)
    {
        lock (_lock)
        {
            _running.Remove(step);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private bool TryTake([NotNullWhen(true)] out BuildStep? step)
    {
        var busy = _running.SelectMany(s => s.Tables).ToHashSet();
        var unindexed = _waiting.Concat(_running).Where(s => !s.AfterIndexes).SelectMany(s => s.Tables).ToHashSet();
        step = _waiting.Find(s => !s.Tables.Any(busy.Contains) && !(s.AfterIndexes && s.Tables.Any(unindexed.Contains)));
        if (step is null)
        {
            return false;
        }

        _waiting.Remove(step);
        _running.Add(step);
        return true;
    }
}
