using System.Globalization;
using System.Text.Json.Nodes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Turns settings by dotted name into the nested document that Patroni takes.</summary>
internal static class PatroniSettings
{
    private const string ParametersPrefix = "postgresql.parameters.";

    /// <summary>Values that read as true, false or a whole number become one; null removes the setting.</summary>
    public static JsonObject ToJson(IReadOnlyDictionary<string, string?> settings)
    {
        var root = new JsonObject();
        foreach (var (name, value) in settings)
        {
            // A parameter of an extension has a dot of its own: pg_stat_statements.track.
            string[] path = name.StartsWith(ParametersPrefix, StringComparison.Ordinal)
                ? ["postgresql", "parameters", name[ParametersPrefix.Length..]]
                : name.Split('.');
            var node = root;
            foreach (var step in path[..^1])
            {
                node = node[step] as JsonObject ?? (JsonObject)(node[step] = new JsonObject());
            }

            node[path[^1]] = ToValue(value);
        }

        return root;
    }

    private static JsonValue? ToValue(string? value) => value switch
    {
        null => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(value),
    };
}
