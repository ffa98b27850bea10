using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.Tests.Running;

/// <summary>What a service would have written on standard output.</summary>
internal sealed class CapturedLines(IOptions<JsonLinesOptions> options, TimeProvider time) : ILoggerProvider
{
    private readonly JsonLinesFormatter _formatter = new(options, time);
    private readonly ConcurrentQueue<string> _lines = [];

    public IEnumerable<JsonElement> All => _lines.Select(l => JsonDocument.Parse(l).RootElement);

    public IEnumerable<JsonElement> With(string message) => All.Where(l => l.GetProperty("message").GetString() == message);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(CapturedLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var text = new StringWriter();
            lines._formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, text);
            lines._lines.Enqueue(text.ToString());
        }
    }
}
