using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>How far the loss of all members went, and their making anew.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LossPhase>))]
internal enum LossPhase
{
    /// <summary>The members may be dead; their data is there.</summary>
    Begun = 0,

    /// <summary>Their data is gone; what lies in its place is an unfinished restore.</summary>
    Gone = 1,

    /// <summary>A restored member has led: its data is the cluster's again.</summary>
    Led = 2,
}

/// <summary>There from before the loss until the lab is whole: a run that is killed in between leaves a lab whose rows may be in the repository only.</summary>
/// <param name="Phase">How far it went.</param>
/// <param name="Settings">Dynamic settings of the cluster, which were in the lost consensus store only.</param>
internal sealed record LossNote(LossPhase Phase, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Reads it; null when nothing was lost.</summary>
    public static LossNote? Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<LossNote>(File.ReadAllText(path)) : null;

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path)
    {
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this));
        File.Move(path + ".new", path, overwrite: true);
    }
}
