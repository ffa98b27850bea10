using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Backups;

/// <summary>How much a backup copies.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackupKind>))]
public enum BackupKind
{
    /// <summary>Everything.</summary>
    Full = 0,

    /// <summary>What changed since the last full one.</summary>
    Differential = 1,

    /// <summary>What changed since the last one of any kind.</summary>
    Incremental = 2,
}
