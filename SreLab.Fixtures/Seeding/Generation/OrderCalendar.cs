namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>When orders are placed: two fixed years with growth, a weekly rhythm, a curve over the day and a busy end of the year.</summary>
/// <remarks>Fixed, not "until today": the same seed gives the same rows on every day.</remarks>
internal static class OrderCalendar
{
    /// <summary>First moment, microseconds since 1970.</summary>
    public static readonly long Start = Micros(2024, 1, 1);

    /// <summary>End, not included, microseconds since 1970.</summary>
    public static readonly long End = Micros(2026, 1, 1);

    /// <summary>One second in the unit of this calendar.</summary>
    public const long Second = 1_000_000;

    /// <summary>One hour.</summary>
    public const long Hour = 3600 * Second;

    /// <summary>One day.</summary>
    public const long Day = 24 * Hour;

    private static readonly double[] ByHour =
        [0.4, 0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.0, 1.8, 2.6, 3.0, 3.1, 2.9, 2.5, 2.4, 2.4, 2.5, 2.7, 3.0, 3.4, 3.6, 3.1, 2.0, 1.0];

    private static readonly double[] ByDayOfWeek = [0.70, 1.20, 1.12, 1.05, 1.05, 1.10, 0.78];

    private static readonly double[] Cumulated = Cumulate();

    /// <summary>A day, microseconds since 1970.</summary>
    public static long Micros(int year, int month, int day) =>
        new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    /// <summary>The moment by which this share of all orders has been placed.</summary>
    /// <param name="share">0 (included) to 1 (excluded).</param>
    /// <returns>Microseconds since 1970; never falls when the share rises.</returns>
    public static long At(double share)
    {
        var found = Array.BinarySearch(Cumulated, share);
        var hour = Math.Clamp(found >= 0 ? found : ~found - 1, 0, Cumulated.Length - 2);
        var within = (share - Cumulated[hour]) / (Cumulated[hour + 1] - Cumulated[hour]);
        return Start + (hour * Hour) + Math.Clamp((long)(within * Hour), 0, Hour - 1);
    }

    private static double[] Cumulate()
    {
        var days = (int)((End - Start) / Day);
        var cumulated = new double[(days * 24) + 1];
        var total = 0.0;
        for (var hour = 0; hour < days * 24; hour++)
        {
            var day = new DateOnly(2024, 1, 1).AddDays(hour / 24);
            var season = day.Month switch { 11 => 1.25, 12 => day.Day < 24 ? 1.45 : 0.75, _ => 1.0 };
            var growth = 1 + (0.6 * (hour / 24) / days);
            total += ByHour[hour % 24] * ByDayOfWeek[(int)day.DayOfWeek] * season * growth;
            cumulated[hour + 1] = total;
        }

        for (var i = 0; i < cumulated.Length; i++)
        {
            cumulated[i] /= total;
        }

        return cumulated;
    }
}
