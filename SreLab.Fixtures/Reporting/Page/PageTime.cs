namespace SreLab.Fixtures.Reporting.Page;

/// <summary>Moments and numbers as the page's script takes them: small, and never NaN, which JSON does not know.</summary>
internal static class PageTime
{
    internal static double Of(DateTimeOffset moment) => Math.Round((moment - DateTimeOffset.UnixEpoch).TotalMilliseconds);

    internal static double? Of(DateTimeOffset? moment) => moment is { } known ? Of(known) : null;

    /// <summary>A moment on an experiment's own clock.</summary>
    internal static double Of(DateTimeOffset zero, double milliseconds) => Math.Round(Of(zero) + milliseconds);

    internal static double? Of(DateTimeOffset zero, double? milliseconds) => milliseconds is { } known ? Of(zero, known) : null;

    internal static double? Number(double? value, int digits = 3) => value is { } known && double.IsFinite(known) ? Math.Round(known, digits) : null;
}
