using System.Collections.Concurrent;

namespace SreLab.Fixtures.Lab;

/// <summary>Which stages of this process could not be carried out, and why.</summary>
public sealed class StageLedger
{
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.Ordinal);

    /// <summary>Notes that a stage's experiment could not be carried out; the first reason stays.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="reason">First line of the error.</param>
    public void Failed(string stage, string reason) => _failures.TryAdd(stage, reason.Split('\n')[0]);

    /// <summary>Why a stage may not run; null when it may.</summary>
    /// <param name="stage">The stage that wants to run.</param>
    public string? BlockedBy(string stage)
    {
        foreach (var needed in Stages.Needs[stage])
        {
            if (_failures.TryGetValue(needed, out var reason))
            {
                return $"{stage} needs {needed}, which failed: {reason}";
            }
        }

        return null;
    }
}
