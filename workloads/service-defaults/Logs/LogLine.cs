using Microsoft.Extensions.Logging;

namespace SreLab.Workloads.ServiceDefaults.Logs;

/// <summary>A message and its fields, in the order in which they are written.</summary>
/// <param name="Message">What happened; the same words each time.</param>
/// <param name="Fields">Names in snake case, and values.</param>
public sealed record LogLine(string Message, IReadOnlyList<(string Name, object? Value)> Fields);

/// <summary>Writes <see cref="LogLine"/>s.</summary>
public static class LogLineExtensions
{
    /// <summary>Writes a line.</summary>
    /// <param name="logger">Where to.</param>
    /// <param name="level">How bad it is.</param>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Names in snake case, and values.</param>
    public static void Write(this ILogger logger, LogLevel level, string message, params (string Name, object? Value)[] fields) =>
        logger.Write(level, null, message, fields);

    /// <summary>Writes a line about an error.</summary>
    /// <param name="logger">Where to.</param>
    /// <param name="level">How bad it is.</param>
    /// <param name="error">What was thrown.</param>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Names in snake case, and values.</param>
    public static void Write(this ILogger logger, LogLevel level, Exception? error, string message, params (string Name, object? Value)[] fields)
    {
        if (logger.IsEnabled(level))
        {
            logger.Log(level, default, new LogLine(message, fields), error, static (line, _) => line.Message);
        }
    }
}
