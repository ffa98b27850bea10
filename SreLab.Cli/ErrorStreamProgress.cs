using System.Diagnostics;
using System.Globalization;
using SreLab.Fixtures.Lab;

namespace SreLab.Cli;

/// <summary>Standard output is for results; what happens goes to standard error.</summary>
internal sealed class ErrorStreamProgress : IProgressLog
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Say(string line) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,6:0.0} s  {line}"));
}
