using System.Globalization;

namespace SreLab.Fixtures.Slos;

/// <summary>A window of a rule, as Prometheus writes it and as people read it.</summary>
internal static class RuleWindow
{
    private static readonly (TimeSpan Length, string Unit, string Word)[] Units =
    [
        (TimeSpan.FromDays(1), "d", "d"),
        (TimeSpan.FromHours(1), "h", "h"),
        (TimeSpan.FromMinutes(1), "m", "min"),
        (TimeSpan.FromSeconds(1), "s", "s"),
        (TimeSpan.FromMilliseconds(1), "ms", "ms"),
    ];

    /// <summary>In the largest unit that holds it without a rest: <c>2500ms</c>, <c>30s</c>, <c>36m</c>, <c>3d</c>.</summary>
    public static string Name(TimeSpan window)
    {
        var (length, unit, _) = Units.First(u => window.Ticks % u.Length.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{window.Ticks / length.Ticks}{unit}");
    }

    /// <summary>In the largest unit that it fills: <c>2.5 s</c>, <c>36 min</c>, <c>3 d</c>.</summary>
    public static string Words(TimeSpan window)
    {
        var (length, _, word) = Units.First(u => window >= u.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)window.Ticks / length.Ticks:0.###} {word}");
    }
}
