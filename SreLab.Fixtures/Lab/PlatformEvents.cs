using System.Collections.Concurrent;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Lab;

/// <summary>What the platform under a lab tells, written into the run while a process of the suite uses the lab.</summary>
internal static class PlatformEvents
{
    private static readonly ConcurrentDictionary<string, bool> Recorded = new(StringComparer.Ordinal);

    /// <summary>Starts to write; nothing happens for a lab whose platform tells nothing, or whose events go there already.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="file">Where the events go.</param>
    /// <param name="teardown">Ends the writing.</param>
    public static void Record(ILab lab, string file, TeardownStack teardown)
    {
        if (lab is ILabEvents events && Recorded.TryAdd(file, true))
        {
            var record = events.RecordEvents(file);
            teardown.Push("record of the platform's events", async () =>
            {
                Recorded.TryRemove(file, out _);
                await record.DisposeAsync();
            });
        }
    }
}
