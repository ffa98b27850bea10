using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>A line of PostgreSQL's log that begins a message.</summary>
/// <param name="Line">Where it is.</param>
/// <param name="At">When; the line's own clock.</param>
/// <param name="Severity">PANIC, FATAL, ERROR, WARNING, LOG; also DETAIL, STATEMENT and the like.</param>
/// <param name="Prefix">What stands before the severity: time, process, user, SQLSTATE where the prefix has one.</param>
/// <param name="Message">What stands after it.</param>
/// <remarks>
/// Form of the line: <c>log_line_prefix</c>, then <c>severity:  message</c> with two spaces (elog.c, send_message_to_server_log). The first
/// severity counts, so that a STATEMENT which quotes one is none. Lines without a time continue the one before and are left out. What a
/// server in single-user mode prints may stand before the prefix.
/// </remarks>
public sealed partial record ServerLogLine(LogLine Line, DateTimeOffset At, string Severity, string Prefix, string Message)
{
    /// <summary>Reads one; null when it begins no message.</summary>
    public static ServerLogLine? TryRead(LogLine line) =>
        line.At is { } at && BeginOfMessage().Match(line.Text) is { Success: true } match
            ? new ServerLogLine(line, at, match.Groups["severity"].Value, line.Text[..match.Index], match.Groups["message"].Value)
            : null;

    [GeneratedRegex(@"\b(?<severity>PANIC|FATAL|ERROR|WARNING|NOTICE|INFO|LOG|DEBUG[1-5]?|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION|BACKTRACE):  (?<message>.*)$")]
    private static partial Regex BeginOfMessage();
}
