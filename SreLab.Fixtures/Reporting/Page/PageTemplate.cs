using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>Puts data, style and script into the one document. The three files are bundled from <c>SreLab.Report.Page/</c> when this project is built.</summary>
internal static partial class PageTemplate
{
    /// <summary>Fills the template.</summary>
    /// <param name="title">Text; it is escaped here.</param>
    /// <param name="json">JSON without <c>&lt;</c>, as it goes into a script element.</param>
    internal static string Fill(string title, string json)
    {
        var script = Resource("report.js");

        // Only this script may run and nothing may be loaded: text of the evidence can neither run nor call home.
        // Styles stay open, because tooltips carry style attributes.
        var policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'; "
            + "base-uri 'none'; form-action 'none'";
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = WebUtility.HtmlEncode(title),
            ["policy"] = policy,
            ["style"] = Resource("report.css"),
            ["data"] = json,
            ["script"] = script,
        };

        // In one pass, so that a placeholder's name within the evidence stays text.
        return Placeholder().Replace(Resource("report.html"), m => parts[m.Groups[1].Value]);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream($"Page/{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded in this build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
