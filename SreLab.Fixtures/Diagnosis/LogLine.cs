using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>One line of a log: a JSON object as the workloads write it, or any text.</summary>
/// <param name="File">Its file, relative to the folder.</param>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Text">The line.</param>
public sealed partial record LogLine(string File, int Number, string Text)
{
    private const int MostText = 400;
    private readonly JsonElement _fields;

    /// <summary>When; null when the line does not say.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>Whether it is a JSON object.</summary>
    public bool IsJson => _fields.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it was written by a sidecar.</summary>
    public bool IsOfSidecar => Field("service") == "edge-proxy";

    /// <summary>Whether it tells of a request that was answered.</summary>
    public bool IsRequest => Field("message") == "request finished";

    /// <summary>Reads one.</summary>
    public static LogLine Read(string file, int number, string text)
    {
        JsonElement fields = default;
        if (text.StartsWith('{'))
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                fields = document.RootElement.Clone();
            }
            catch (JsonException)
            {
                // Text that begins with a brace is text.
            }
        }

        var line = new LogLine(file, number, text, fields);
        var time = line.IsJson ? line.Field("timestamp") : Time().Match(text).Value;
        return DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? line with { At = at }
            : line;
    }

    private LogLine(string file, int number, string text, JsonElement fields)
        : this(file, number, text) => _fields = fields;

    /// <summary>A field of a JSON line as text; empty when it has none.</summary>
    public string Field(string name) => IsJson && _fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";

    /// <summary>A field of a JSON line as a number; null when it has none.</summary>
    public double? Value(string name) => IsJson && _fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Number}: {(Text.Length > MostText ? Text[..MostText] + "..." : Text)}");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:?\d\d)?")]
    private static partial Regex Time();
}
