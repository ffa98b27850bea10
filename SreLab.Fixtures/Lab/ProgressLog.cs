namespace SreLab.Fixtures.Lab;

/// <summary>Where a stage says what it is doing, while it does it.</summary>
/// <remarks>A line on every change of state and at least every 5 s in a long stage, on a terminal or not.</remarks>
public interface IProgressLog
{
    /// <summary>Writes one line, stamped with the elapsed time of the run.</summary>
    /// <param name="line">What happened, in present or past tense, without a trailing full stop.</param>
    void Say(string line);
}

/// <summary>Progress that goes nowhere, for callers that want silence.</summary>
public sealed class SilentProgress : IProgressLog
{
    /// <inheritdoc />
    public void Say(string line)
    {
    }
}
