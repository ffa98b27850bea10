using System.Text.Json;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Alerts;

/// <summary>Keeps every notification that Alertmanager delivers: in memory for who waits, and in the run's evidence.</summary>
public sealed class AlertReceiver
{
    private readonly Lock _lock = new();
    private readonly List<NotificationRecord> _received = [];
    private string? _file;

    /// <summary>Everything received so far, oldest first.</summary>
    public IReadOnlyList<NotificationRecord> Received
    {
        get
        {
            lock (_lock)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>From now on notifications are appended to this file as well.</summary>
    /// <param name="file">Absolute path; its folder exists.</param>
    public void AppendTo(string file)
    {
        lock (_lock)
        {
            _file = file;
        }
    }

    /// <summary>Takes the body of one webhook call.</summary>
    /// <param name="body">JSON as Alertmanager's webhook sends it (version 4).</param>
    /// <param name="receivedUtc">When it had arrived whole.</param>
    /// <exception cref="LabException">It is none: Alertmanager is told so, and tries again.</exception>
    public void Accept(string body, DateTimeOffset receivedUtc)
    {
        var notifications = Parse(body, receivedUtc);
        lock (_lock)
        {
            _received.AddRange(notifications);
            if (_file is not null)
            {
                File.AppendAllLines(_file, notifications.Select(n => JsonSerializer.Serialize(n, LineFormat)));
            }
        }
    }

    /// <summary>Reads the notifications that a run kept; a last line that was cut off by a kill is left out.</summary>
    /// <exception cref="LabException">A line before the last is no notification.</exception>
    public static IReadOnlyList<NotificationRecord> Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        var lines = File.ReadAllLines(file);
        var result = new List<NotificationRecord>(lines.Length);
        foreach (var (line, number) in lines.Select((line, index) => (line, index + 1)))
        {
            try
            {
                result.Add(JsonSerializer.Deserialize<NotificationRecord>(line, LineFormat)!);
            }
            catch (JsonException e) when (number < lines.Length)
            {
                throw new LabException($"evidence unreadable: {file} line {number} is no notification: {e.Message}", e);
            }
            catch (JsonException)
            {
                break;
            }
        }

        return result;
    }

    private static List<NotificationRecord> Parse(string body, DateTimeOffset receivedUtc)
    {
        try
        {
            var message = JsonSerializer.Deserialize<WebhookMessage>(body, LineFormat);
            return
            [
                .. (message?.Alerts ?? throw new JsonException("no alerts")).Select(a => new NotificationRecord(
                    receivedUtc, a.Status, a.Labels, a.Annotations, a.StartsAt, a.Status == "resolved" ? a.EndsAt : null)),
            ];
        }
        catch (JsonException e)
        {
            throw new LabException($"notification refused: not a webhook message of Alertmanager's: {e.Message}", e);
        }
    }

    private static readonly JsonSerializerOptions LineFormat = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private sealed record WebhookMessage(IReadOnlyList<WebhookAlert> Alerts);

    private sealed record WebhookAlert(
        string Status,
        IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string> Annotations,
        DateTimeOffset StartsAt,
        DateTimeOffset EndsAt);
}
