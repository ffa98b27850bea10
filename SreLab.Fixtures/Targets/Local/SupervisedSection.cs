using System.Globalization;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>One program in the supervisor's configuration, run through the recorder.</summary>
/// <param name="home">The lab.</param>
/// <param name="user">As whom it runs.</param>
/// <param name="name">Its name under the supervisor, which is also that of its log.</param>
/// <param name="folder">Its working folder.</param>
/// <param name="command">Program and arguments.</param>
internal sealed class SupervisedSection(LabHome home, RunAsUser user, string name, string folder, IReadOnlyList<string> command)
{
    /// <summary>Name of its record; null when it is the program's own.</summary>
    public string? Record { get; init; }

    /// <summary>More variables, as the supervisor writes them, each with a comma before it: <c>,NAME="value"</c>.</summary>
    public string Environment { get; init; } = "";

    /// <summary>Whether the supervisor starts it again when it ends.</summary>
    public bool Restarts { get; init; } = true;

    /// <summary>The signal that lets it end in order.</summary>
    public string StopSignal { get; init; } = "TERM";

    /// <summary>The section's text.</summary>
    public string Write()
    {
        var words = new[] { home.Recorder, Path.Combine(home.Pids, Record ?? name) }.Concat(command);
        return string.Create(CultureInfo.InvariantCulture,
            $"""

            [program:{name}]
            command={Escape(string.Join(' ', words.Select(Quote)))}
            directory={folder}
            {(user.IsOther ? "user=" + user.Name : "")}
            environment=HOME="{folder}",USER="{user.Name}"{Escape(Environment)}
            autostart=false
            autorestart={(Restarts ? "true" : "false")}
            startsecs={(Restarts ? 1 : 0)}
            startretries=10
            stopsignal={StopSignal}
            stopwaitsecs=60
            killasgroup=true
            redirect_stderr=true
            stdout_logfile={home.Log(name)}
            stdout_logfile_maxbytes=20MB
            stdout_logfile_backups=1

            """);
    }

    private static string Quote(string word) => "\"" + word + "\"";

    /// <summary>The supervisor expands percent signs.</summary>
    private static string Escape(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
