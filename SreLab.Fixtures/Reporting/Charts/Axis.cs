namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>A scale with ticks at round numbers.</summary>
/// <param name="Min">Value at the start.</param>
/// <param name="Max">Value at the end.</param>
/// <param name="Ticks">Round values between them.</param>
/// <param name="IsLogarithmic">Equal steps are equal factors.</param>
internal sealed record Axis(double Min, double Max, IReadOnlyList<double> Ticks, bool IsLogarithmic = false)
{
    /// <summary>From the data's own ends: for time.</summary>
    internal static Axis Span(double min, double max, int wanted)
    {
        max = max > min ? max : min + 1;
        var step = RoundStep((max - min) / wanted);
        return new Axis(min, max, Multiples(Math.Ceiling(min / step), Math.Floor(max / step), step));
    }

    /// <summary>From zero to a round number above the data.</summary>
    internal static Axis FromZero(double max, int wanted)
    {
        max = max > 0 ? max : 1;
        var step = RoundStep(max / wanted);
        var steps = Math.Ceiling(max / step - 1e-9);
        return new Axis(0, steps * step, Multiples(0, steps, step));
    }

    /// <summary>Powers of ten around the data.</summary>
    internal static Axis Logarithmic(double min, double max)
    {
        var low = (int)Math.Floor(Math.Log10(Math.Max(min, 0.1)));
        var high = Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(Math.Max(max, 0.1))));
        return new Axis(Math.Pow(10, low), Math.Pow(10, high), [.. Enumerable.Range(low, high - low + 1).Select(p => Math.Pow(10, p))], IsLogarithmic: true);
    }

    /// <summary>0 at the start of the axis, 1 at its end; values beyond are held at the ends.</summary>
    internal double Position(double value) => IsLogarithmic
        ? Math.Log(Math.Clamp(value, Min, Max) / Min) / Math.Log(Max / Min)
        : (Math.Clamp(value, Min, Max) - Min) / (Max - Min);

    private static double RoundStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    private static double[] Multiples(double first, double last, double step) =>
        [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
}
