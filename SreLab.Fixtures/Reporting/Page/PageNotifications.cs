using System.Text.Json;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>What Alertmanager delivered while the suite listened.</summary>
internal static class PageNotifications
{
    internal static PagePart<IReadOnlyList<PageNotification>> Build(RunEvidence evidence)
    {
        var path = Path.Combine(evidence.Store.Folder, EvidenceFiles.Notifications);
        if (!File.Exists(path))
        {
            return new(null, evidence.WhyMissing(EvidenceFiles.Notifications));
        }

        List<PageNotification> notifications = [];
        // What follows the last line end was torn by the end of its writer.
        foreach (var (line, number) in File.ReadAllText(path).Split('\n').SkipLast(1).Select((text, i) => (text, i + 1)))
        {
            try
            {
                var read = JsonSerializer.Deserialize<NotificationRecord>(line, RunStore.Json) ?? throw new JsonException("the line is null");
                notifications.Add(new PageNotification(
                    PageTime.Of(read.ReceivedUtc), read.Status, PageSeries.AlertRow(read.Labels), read.Annotations.GetValueOrDefault("summary", "")));
            }
            catch (JsonException)
            {
                return new(null, FormattableString.Invariant($"evidence unreadable: {EvidenceFiles.Notifications} line {number} is not a notification"));
            }
        }

        return new([.. notifications.OrderBy(n => n.At)], null);
    }
}
