using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>How bodies are read and written.</summary>
public static class JsonOptions
{
    /// <summary>Camel case; a field that is not known is an error, because a misspelt one would be ignored in silence.</summary>
    public static JsonSerializerOptions Web { get; } = Made();

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.Strict,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
