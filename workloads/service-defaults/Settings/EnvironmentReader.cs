using System.Globalization;

namespace SreLab.Workloads.ServiceDefaults.Settings;

/// <summary>Reads settings from the environment and gathers what is wrong, so that a user learns everything at once.</summary>
/// <param name="variables">Value of a variable by its name; null when it is not set.</param>
public sealed class EnvironmentReader(Func<string, string?> variables)
{
    private readonly List<string> _problems = [];

    /// <summary>What was found wrong so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The environment of this process.</summary>
    public static EnvironmentReader OfProcess() => new(Environment.GetEnvironmentVariable);

    /// <summary>Notes that a variable is wrong.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="problem">What is wrong, with what was seen.</param>
    /// <param name="example">A value that would do.</param>
    public void Refuse(string name, string problem, string example) => _problems.Add($"{name} {problem}; for example {name}={example}");

    /// <summary>A text, trimmed; an empty one counts as not set.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="otherwise">Taken when it is not set.</param>
    public string Text(string name, string otherwise) => Value(name) ?? otherwise;

    /// <summary>A text that must be set; empty when it is not, which is then a problem.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="example">A value that would do.</param>
    public string Required(string name, string example)
    {
        if (Value(name) is { } value)
        {
            return value;
        }

        Refuse(name, "is not set", example);
        return "";
    }

    /// <summary>A number within a range.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="otherwise">Taken when it is not set.</param>
    /// <param name="minimum">Smallest value that is taken.</param>
    /// <param name="maximum">Largest value that is taken.</param>
    public double Number(string name, double otherwise, double minimum, double maximum)
    {
        if (Value(name) is not { } value)
        {
            return otherwise;
        }

        if (double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(name, Invariant($"is '{value}', not a number from {minimum} to {maximum}"), Invariant($"{otherwise}"));
        return otherwise;
    }

    /// <summary>A whole number within a range.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="otherwise">Taken when it is not set.</param>
    /// <param name="minimum">Smallest value that is taken.</param>
    /// <param name="maximum">Largest value that is taken.</param>
    public int WholeNumber(string name, int otherwise, int minimum, int maximum)
    {
        if (Value(name) is not { } value)
        {
            return otherwise;
        }

        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(name, Invariant($"is '{value}', not a whole number from {minimum} to {maximum}"), Invariant($"{otherwise}"));
        return otherwise;
    }

    /// <summary>A length of time in seconds within a range.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="otherwise">Seconds that are taken when it is not set.</param>
    /// <param name="minimum">Fewest seconds that are taken.</param>
    /// <param name="maximum">Most seconds that are taken.</param>
    public TimeSpan Seconds(string name, double otherwise, double minimum, double maximum) =>
        TimeSpan.FromSeconds(Number(name, otherwise, minimum, maximum));

    /// <summary>An absolute address with <c>http</c> or <c>https</c> that must be set.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="example">A value that would do.</param>
    public Uri Address(string name, string example)
    {
        var value = Required(name, example);
        if (Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        if (value.Length > 0)
        {
            Refuse(name, $"is '{value}', not an absolute http or https address", example);
        }

        return new Uri("http://invalid/");
    }

    /// <summary>The path of a file that must be readable and not empty. What is in it is never told.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="example">A value that would do.</param>
    public string SecretFile(string name, string example)
    {
        var path = Required(name, example);
        if (path.Length == 0)
        {
            return path;
        }

        try
        {
            if (string.IsNullOrWhiteSpace(File.ReadAllText(path)))
            {
                Refuse(name, $"is '{path}', and that file is empty", example);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse(name, $"is '{path}', which cannot be read ({e.GetType().Name})", example);
        }

        return path;
    }

    /// <summary>Ends the reading.</summary>
    /// <param name="service">Whose settings they are.</param>
    /// <exception cref="SettingsRefusedException">Something was wrong.</exception>
    public void ThrowIfRefused(string service)
    {
        if (_problems.Count > 0)
        {
            throw new SettingsRefusedException(service, _problems);
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private string? Value(string name) => variables(name)?.Trim() is { Length: > 0 } value ? value : null;
}
