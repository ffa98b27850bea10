using System.Text.Json;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>The file that makes a folder a lab's: without it nothing is ended or removed.</summary>
internal sealed record LabMarker
{
    /// <summary>Number of the folder's layout; another number is another release's lab.</summary>
    public const int CurrentLayout = 5;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What the file is, for people and for the check.</summary>
    public required string Kind { get; init; }

    public required int Layout { get; init; }

    public required string Id { get; init; }

    public required string Network { get; init; }

    /// <summary>Release of the suite that made it.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>As whom the lab's programs run.</summary>
    public required string RunAs { get; init; }

    /// <summary>It was whole once; a lab that was not is started over.</summary>
    public required bool IsComplete { get; init; }

    private const string KindOfLab = "srelab-lab";

    public static LabMarker Create(string network, string runAs, DateTimeOffset now) => new()
    {
        Kind = KindOfLab,
        Layout = CurrentLayout,
        Id = Guid.NewGuid().ToString("N"),
        Network = network,
        Version = typeof(LabMarker).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
        CreatedUtc = now,
        RunAs = runAs,
        IsComplete = false,
    };

    /// <summary>The marker in this file; null when there is none or it is not one.</summary>
    public static LabMarker? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LabMarker>(File.ReadAllText(path), Options) is { Kind: KindOfLab } marker
                && Guid.TryParseExact(marker.Id, "N", out _) ? marker : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path)
    {
        var next = path + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(this, Options) + "\n");
        File.Move(next, path, overwrite: true);
    }
}
