using System.Globalization;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The one place where a number becomes text: invariant culture, a unit, three or so significant digits.</summary>
internal static class Figures
{
    internal static string Count(double value) => Invariant($"{value:N0}");

    internal static string PerSecond(double value) => value < 10 ? Invariant($"{value:0.0}/s") : Invariant($"{value:N0}/s");

    internal static string Milliseconds(double value) => $"{Plain(value)} ms";

    internal static string Seconds(double value) => value < 100 ? Invariant($"{value:0.00} s") : Invariant($"{value:N0} s");

    /// <summary>Seconds from milliseconds since the fault, with a sign.</summary>
    internal static string Offset(double milliseconds) => Invariant($"{milliseconds / 1000:+0.00;-0.00;0.00} s");

    internal static string Share(double ratio) => (ratio * 100) switch
    {
        0 => "0 %",
        < 0.1 and > 0 => "< 0.1 %",
        < 100 and var percent => Invariant($"{percent:0.0} %"),
        var percent => Invariant($"{percent:N0} %"),
    };

    internal static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        for (; Math.Abs(bytes) >= 1024 && unit < units.Length - 1; unit++)
        {
            bytes /= 1024;
        }

        return $"{Plain(bytes)} {units[unit]}";
    }

    /// <summary>Three significant digits or so: 0.42, 8.1, 12.3, 1,234; what was not measured is unknown.</summary>
    internal static string Plain(double value) => Math.Abs(value) switch
    {
        double.NaN => "unknown",
        0 => "0",
        < 1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>A round number at an axis.</summary>
    internal static string Tick(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Bytes of a PostgreSQL setting with its unit, for example <c>512MB</c> or <c>65536 8kB</c>; null when it is not a size.</summary>
    internal static long? ParseSize(string? setting)
    {
        var match = System.Text.RegularExpressions.Regex.Match(setting ?? "", @"^\s*(\d+)\s*(?:(\d+)?\s*)(B|kB|MB|GB|TB)\s*$");
        if (!match.Success)
        {
            return null;
        }

        var count = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var block = match.Groups[2].Success ? long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
        var power = Array.IndexOf(["B", "kB", "MB", "GB", "TB"], match.Groups[3].Value);
        return count * block * (1L << (10 * power));
    }
}
