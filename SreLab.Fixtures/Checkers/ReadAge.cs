using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Checkers;

/// <summary>How old a read was when it was sent.</summary>
/// <param name="Read">The read; it has an answer.</param>
/// <param name="Seconds">Since the first later beat was acknowledged; 0 when none was.</param>
/// <param name="IsInside">Whether it was sent while something was broken.</param>
internal sealed record ReadAge(HeartbeatRead Read, double Seconds, bool IsInside)
{
    /// <summary>Ages of all reads with an answer, in order of sending.</summary>
    /// <remarks>A read that shows beat n is as old as the first acknowledgement of a beat above n that came before the read was sent: from then on, a reader could have known better.</remarks>
    public static IReadOnlyList<ReadAge> Of(HeartbeatHistory history, IReadOnlyList<FaultWindow> faults)
    {
        var acknowledged = history.Beats.Where(b => b.Outcome == Outcome.Acknowledged).OrderBy(b => b.Id).ToArray();
        var numbers = acknowledged.Select(b => b.Id).ToArray();

        // By place: the earliest acknowledgement of that beat or any later one.
        var earliestMs = acknowledged.Select(b => b.EndedMs).ToArray();
        for (var i = earliestMs.Length - 2; i >= 0; i--)
        {
            earliestMs[i] = Math.Min(earliestMs[i], earliestMs[i + 1]);
        }

        return
        [
            .. history.Reads.Where(r => r.Beat is not null).OrderBy(r => r.SentMs)
                .Select(r => new ReadAge(r, Seconds(r), faults.Any(f => f.Contains(r.SentMs)))),
        ];

        double Seconds(HeartbeatRead read)
        {
            var found = Array.BinarySearch(numbers, read.Beat!.Value + 1);
            var next = found < 0 ? ~found : found;
            return next < earliestMs.Length ? Math.Max(0, read.SentMs - earliestMs[next]) / 1000 : 0;
        }
    }
}
