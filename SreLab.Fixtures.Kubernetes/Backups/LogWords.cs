using System.Text.Json;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>What a recovery that failed said last: CloudNativePG logs JSON, a line an event.</summary>
internal static class LogWords
{
    /// <summary>So many lines of the end of a log are read.</summary>
    public const int Lines = 60;

    private const int Longest = 400;

    // PostgreSQL's own words are one level down.
    private static readonly string[] Severe = ["FATAL", "PANIC", "ERROR"];

    /// <summary>The last line that tells of an error, else the last of all.</summary>
    public static string Of(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToList();
        var text = lines.LastOrDefault(l => l.IsPostgres && l.IsError).Text ?? lines.LastOrDefault(l => l.IsError).Text ?? lines.LastOrDefault().Text ?? "nothing";
        return text.Length > Longest ? text[..Longest] : text;
    }

    private static (string Text, bool IsError, bool IsPostgres) Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.TryGetProperty("record", out var record) && record.ValueKind == JsonValueKind.Object)
            {
                var severity = Text(record, "error_severity");
                return ($"{severity}: {Text(record, "message")}", Severe.Contains(severity), true);
            }

            var error = Text(root, "error");
            return (error.Length > 0 ? $"{Text(root, "msg")}: {error}" : Text(root, "msg"), Text(root, "level") == "error", false);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (line, false, false);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
