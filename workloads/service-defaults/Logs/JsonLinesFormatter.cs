using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace SreLab.Workloads.ServiceDefaults.Logs;

/// <summary>One JSON object a line.</summary>
/// <param name="options">What each line has.</param>
/// <param name="time">The clock of the lines.</param>
public sealed class JsonLinesFormatter(IOptions<JsonLinesOptions> options, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Its name among the formatters.</summary>
    public const string FormatterName = "json-lines";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var settings = options.Value;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("level", LevelName(logEntry.LogLevel));
            json.WriteString("service", settings.Service);
            json.WriteString("instance", settings.Instance);
            if (logEntry.State is LogLine line)
            {
                json.WriteString("message", line.Message);
                WriteFields(json, line.Fields, settings.LeftOut);
            }
            else
            {
                json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
                json.WriteString("logger", logEntry.Category);
            }

            WriteError(json, logEntry.Exception);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<(string Name, object? Value)> fields, ISet<string> leftOut)
    {
        foreach (var (name, value) in fields)
        {
            if (!leftOut.Contains(name))
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(Math.Round(number, 3));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteError(Utf8JsonWriter json, Exception? error)
    {
        if (error is null)
        {
            return;
        }

        json.WriteString("error_type", error.GetType().FullName);
        json.WriteString("error_message", error.Message);
        json.WriteString("error_stack", error.ToString());
    }
}
