namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>What a server wrote before it ended.</summary>
internal static class ServerLog
{
    /// <summary>The last lines of a server's log that say why it ended.</summary>
    public static string LastWords(string log)
    {
        var lines = File.Exists(log) ? File.ReadLines(log).TakeLast(60).ToArray() : [];
        var fatal = lines.LastOrDefault(l => l.Contains("FATAL:", StringComparison.Ordinal) || l.Contains("PANIC:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "nothing";
        var start = fatal.IndexOf("FATAL:", StringComparison.Ordinal);
        return start < 0 ? fatal : fatal[start..];
    }
}
