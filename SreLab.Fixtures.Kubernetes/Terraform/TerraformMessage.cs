using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Kubernetes.Terraform;

/// <summary>One line of <c>terraform -json</c>, as much of it as the suite uses.</summary>
internal sealed record TerraformMessage
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>What the line is: apply_start, apply_complete, diagnostic, planned_change, resource_drift, change_summary ...</summary>
    public string Type { get; init; } = "";

    /// <summary>The line for people.</summary>
    [JsonPropertyName("@message")]
    public string Text { get; init; } = "";

    /// <summary>Of what happens to one resource.</summary>
    public TerraformHook? Hook { get; init; }

    /// <summary>An error or a warning.</summary>
    public TerraformDiagnostic? Diagnostic { get; init; }

    /// <summary>What a plan would change.</summary>
    public TerraformChange? Change { get; init; }

    /// <summary>Reads a line.</summary>
    /// <returns>Null for a line that is not Terraform's JSON: a provider's own output, an empty line.</returns>
    public static TerraformMessage? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TerraformMessage>(line, Options) is { Type.Length: > 0 } message ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What happens to a resource.</summary>
internal sealed record TerraformHook
{
    /// <summary>Which.</summary>
    public TerraformResource? Resource { get; init; }

    /// <summary>create, update, delete, read.</summary>
    public string Action { get; init; } = "";

    /// <summary>Seconds so far, or altogether.</summary>
    [JsonPropertyName("elapsed_seconds")]
    public double ElapsedSeconds { get; init; }
}

/// <summary>A change that a plan found.</summary>
internal sealed record TerraformChange
{
    /// <summary>Of what.</summary>
    public TerraformResource? Resource { get; init; }

    /// <summary>create, update, delete, replace, no-op, read.</summary>
    public string Action { get; init; } = "";
}

/// <summary>A resource.</summary>
internal sealed record TerraformResource
{
    /// <summary>Its address, for example <c>module.platform.module.database.helm_release.cluster</c>.</summary>
    public string Addr { get; init; } = "";
}

/// <summary>An error or a warning.</summary>
internal sealed record TerraformDiagnostic
{
    /// <summary>error or warning.</summary>
    public string Severity { get; init; } = "";

    /// <summary>What, in a few words.</summary>
    public string Summary { get; init; } = "";

    /// <summary>More of it; may have several lines.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The resource it is about; empty for none.</summary>
    public string Address { get; init; } = "";

    /// <summary>The diagnostic in one or two lines.</summary>
    public string Describe()
    {
        var detail = string.Join(' ', Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return $"{(Address.Length > 0 ? $"{Address}: " : "")}{Summary}{(detail.Length > 0 ? $": {detail}" : "")}";
    }
}
