using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting.Charts;

/// <summary>A small SVG document: lines, text and paths by style class, readable on a light and on a dark page.</summary>
/// <param name="width">Width in pixels of the drawing.</param>
/// <param name="height">Height in pixels of the drawing.</param>
/// <param name="title">What a screen reader says.</param>
internal sealed class Svg(int width, int height, string title)
{
    // The picture has a background of its own, because a viewer's dark page and the dark colour scheme need not go together.
    private const string Style = """
        .back{fill:#fff}.t{font:12px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#24292f}.h{font-weight:600;font-size:14px}.s{font-size:11px}
        .grid{stroke:#d8dee4;fill:none}.axis{stroke:#6e7781;fill:none}.mark{stroke:#57606a;stroke-dasharray:4 3;fill:none}.window{fill:#cf222e;fill-opacity:.09}
        .a{stroke:#0969da}.b{stroke:#bc4c00}.c{stroke:#1a7f37}.x{stroke:#cf222e}.line{fill:none;stroke-width:1.4;stroke-linejoin:round}
        .fa{fill:#0969da}.fb{fill:#bc4c00}.fc{fill:#1a7f37}.fx{fill:#cf222e}
        @media(prefers-color-scheme:dark){.back{fill:#0d1117}.t{fill:#c9d1d9}.grid{stroke:#262c36}.axis{stroke:#8b949e}.mark{stroke:#8b949e}.window{fill:#ff7b72;fill-opacity:.16}
        .a{stroke:#58a6ff}.b{stroke:#f0883e}.c{stroke:#3fb950}.x{stroke:#ff7b72}.fa{fill:#58a6ff}.fb{fill:#f0883e}.fc{fill:#3fb950}.fx{fill:#ff7b72}}
        """;

    private readonly StringBuilder _body = new();

    internal void Text(double x, double y, string text, string style = "", string anchor = "start", double rotate = 0) =>
        _body.Append(Invariant($"<text class=\"t{(style.Length > 0 ? " " + style : "")}\" x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\""))
            .Append(rotate == 0 ? "" : Invariant($" transform=\"rotate({N(rotate)} {N(x)} {N(y)})\""))
            .Append('>').Append(Escape(text)).Append("</text>\n");

    internal void Line(double x1, double y1, double x2, double y2, string style) =>
        Path(Invariant($"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}"), style);

    internal void Rectangle(double x, double y, double w, double h, string style) =>
        _body.Append(Invariant($"<rect class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, w))}\" height=\"{N(Math.Max(0, h))}\"/>\n"));

    internal void Path(string d, string style)
    {
        if (d.Length > 0)
        {
            _body.Append(Invariant($"<path class=\"{style}\" d=\"{d}\"/>\n"));
        }
    }

    /// <summary>A line through points; a null value breaks it.</summary>
    internal void Polyline(IEnumerable<(double X, double? Y)> points, string style)
    {
        var path = new StringBuilder();
        var open = false;
        foreach (var (x, y) in points)
        {
            if (y is { } value)
            {
                path.Append(open ? 'L' : 'M').Append(N(x)).Append(' ').Append(N(value));
            }

            open = y is not null;
        }

        Path(path.ToString(), $"line {style}");
    }

    /// <inheritdoc />
    public override string ToString() =>
        Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{Escape(title)}\">\n")
        + $"<title>{Escape(title)}</title>\n<style>\n{Style}\n</style>\n"
        + Invariant($"<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n{_body}</svg>\n");

    internal static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
