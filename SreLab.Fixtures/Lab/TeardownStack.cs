namespace SreLab.Fixtures.Lab;

/// <summary>What must be undone at the end, last in first out; every step runs although an earlier one failed.</summary>
/// <remarks>xUnit disposes assembly fixtures in the order in which it made them, so one fixture owns this stack.</remarks>
public sealed class TeardownStack
{
    private readonly Stack<(string Name, Func<ValueTask> Undo)> _steps = new();

    /// <summary>Adds a step.</summary>
    /// <param name="name">What is undone, for the error.</param>
    /// <param name="undo">How.</param>
    public void Push(string name, Func<ValueTask> undo) => _steps.Push((name, undo));

    /// <summary>Runs all steps, last one first.</summary>
    /// <exception cref="AggregateException">One or more failed; all were tried.</exception>
    public async ValueTask UnwindAsync()
    {
        List<Exception> failures = [];
        while (_steps.TryPop(out var step))
        {
            try
            {
                await step.Undo();
            }
            catch (Exception e)
            {
                failures.Add(new LabException($"teardown of {step.Name} failed: {e.Message}", e));
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}
