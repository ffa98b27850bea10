namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>A plot area: turns values into places and draws its grid, axes and units.</summary>
/// <param name="Left">Left edge in pixels.</param>
/// <param name="Top">Top edge in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Horizontal">Scale of time.</param>
/// <param name="Vertical">Scale of values.</param>
internal sealed record Panel(double Left, double Top, double Width, double Height, Axis Horizontal, Axis Vertical)
{
    internal double Bottom => Top + Height;

    internal double X(double value) => Left + Width * Horizontal.Position(value);

    internal double Y(double value) => Bottom - Height * Vertical.Position(value);

    /// <summary>Grid and labels; the unit of time only below the last panel of a chart.</summary>
    internal void Draw(Svg svg, string unit, string? timeUnit)
    {
        foreach (var tick in Vertical.Ticks)
        {
            svg.Line(Left, Y(tick), Left + Width, Y(tick), "grid");
            svg.Text(Left - 6, Y(tick) + 4, Figures.Tick(tick), "s", "end");
        }

        foreach (var tick in Horizontal.Ticks)
        {
            svg.Line(X(tick), Bottom, X(tick), Bottom + 4, "axis");
            if (timeUnit is not null)
            {
                svg.Text(X(tick), Bottom + 17, Figures.Tick(tick), "s", "middle");
            }
        }

        svg.Line(Left, Bottom, Left + Width, Bottom, "axis");
        svg.Text(16, Top + Height / 2, unit, "s", "middle", rotate: -90);
        if (timeUnit is not null)
        {
            svg.Text(Left + Width / 2, Bottom + 34, timeUnit, "s", "middle");
        }
    }
}
