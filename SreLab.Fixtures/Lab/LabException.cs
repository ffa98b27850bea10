namespace SreLab.Fixtures.Lab;

/// <summary>A refusal or failure that a person can act on: the message stands alone, its first line within 120 columns.</summary>
/// <remarks>
/// Shape of the text: what was promised or asked, what was seen, the limit; then aligned context lines;
/// then the command that fixes or repeats it. Secrets never appear in it.
/// </remarks>
public sealed class LabException : Exception
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What was seen, and the command that fixes it.</param>
    public LabException(string message) : base(message)
    {
    }

    /// <summary>Creates the refusal with the error that led to it.</summary>
    /// <param name="message">What was seen, and the command that fixes it.</param>
    /// <param name="innerException">The error underneath.</param>
    public LabException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
