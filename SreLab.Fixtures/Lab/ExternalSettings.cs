using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Lab;

/// <summary>Someone else's database: where it is, and what may be done to it. Read with <c>TARGET=external</c> only.</summary>
public sealed record ExternalSettings
{
    /// <summary>Where clients write: a URL of PostgreSQL. It may hold a password, so it is never printed as it is.</summary>
    public string Database { get; init; } = "";

    /// <summary>Every server of the cluster as <c>name=host:port</c>; empty means the hosts of <see cref="Database"/>.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Where clients only read, as <c>host:port</c>; empty means: on any standby.</summary>
    public string ReadOnly { get; init; } = "";

    /// <summary>Base address of a Prometheus that watches the database; empty for none.</summary>
    public string Prometheus { get; init; } = "";

    /// <summary>Base address of its Alertmanager; empty for none.</summary>
    public string Alertmanager { get; init; } = "";

    /// <summary>The owner's commands that break the cluster.</summary>
    public ExternalFaultCommands Faults { get; init; } = new();

    /// <summary><c>PGPASSWORD</c> and <c>PGPASSFILE</c>, where they are set: they count for this database alone, and no file may hold them.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Login { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a teardown drops the schemas that the suite made.</summary>
    public bool Drop { get; init; }

    // The generated text would hold the password.
    /// <inheritdoc />
    public override string ToString() => $"external database with {Members.Count} members named";
}

/// <summary>Commands of the database's owner, run by <c>bash -c</c> with <c>MEMBER</c>, <c>MEMBER_HOST</c> and <c>MEMBER_PORT</c> set.</summary>
public sealed record ExternalFaultCommands
{
    /// <summary>Makes the cluster lose its primary, so that another member takes over; empty: no fault is injected.</summary>
    public string KillPrimary { get; init; } = "";

    /// <summary>Starts the lost member again; empty where the platform does it by itself.</summary>
    public string StartMember { get; init; } = "";

    // A command may hold a secret.
    /// <inheritdoc />
    public override string ToString() => $"kill {(KillPrimary.Length > 0 ? "set" : "not set")}, start {(StartMember.Length > 0 ? "set" : "not set")}";
}
