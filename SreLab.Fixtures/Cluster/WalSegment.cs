using System.Globalization;

namespace SreLab.Fixtures.Cluster;

/// <summary>A file of the write-ahead log, of the 16 MiB that PostgreSQL has by default.</summary>
/// <param name="Timeline">Timeline, 1 or more.</param>
/// <param name="Number">Position divided by the size of a segment; the same on every timeline.</param>
/// <remarks>Names as in PostgreSQL's <c>XLogFileName</c>: eight hexadecimal digits each of timeline, number / 256 and number % 256.</remarks>
public readonly record struct WalSegment(uint Timeline, ulong Number)
{
    /// <summary>Bytes in a segment.</summary>
    public const ulong Bytes = 16 << 20;

    private const ulong PerLog = 0x1_0000_0000 / Bytes;
    private const int NameLength = 24;

    /// <summary>The file's name.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Timeline:X8}{Number / PerLog:X8}{Number % PerLog:X8}");

    /// <summary>The one after it on the same timeline.</summary>
    public WalSegment Next => this with { Number = Number + 1 };

    /// <summary>Reads a name; what comes after a hyphen (pgBackRest's checksum) is left out.</summary>
    /// <returns>Null for a history, backup or partial file, or anything else.</returns>
    public static WalSegment? Parse(string name)
    {
        var hyphen = name.IndexOf('-', StringComparison.Ordinal);
        var digits = hyphen < 0 ? name : name[..hyphen];
        return digits.Length == NameLength
            && uint.TryParse(digits.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var timeline)
            && ulong.TryParse(digits.AsSpan(8, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var log)
            && ulong.TryParse(digits.AsSpan(16, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var segment)
            && timeline > 0 && segment < PerLog
            ? new WalSegment(timeline, (log * PerLog) + segment)
            : null;
    }

    /// <summary>Number of the segment that holds a position (<c>0/6000028</c>); null when it is none.</summary>
    public static ulong? NumberOf(string position)
    {
        var parts = position.Split('/');
        return parts.Length == 2
            && ulong.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            && ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? ((high << 32) + low) / Bytes
            : null;
    }

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>How a timeline came to be: which earlier ones it continues, and from where.</summary>
/// <param name="Ancestors">Earlier timelines in order, each with the number of the segment in which it was left.</param>
/// <param name="Timeline">The timeline itself.</param>
public sealed record TimelineHistory(IReadOnlyList<(uint Timeline, ulong LeftInSegment)> Ancestors, uint Timeline)
{
    /// <summary>Reads the text of a <c>.history</c> file: timeline, position, reason, separated by tabs.</summary>
    /// <param name="timeline">The timeline whose file it is.</param>
    /// <param name="text">Empty for the first timeline, which has none.</param>
    public static TimelineHistory Parse(uint timeline, string text) => new(
        [
            .. text.Split('\n')
                .Select(line => line.Split('\t', 3))
                .Where(f => f.Length >= 2 && !f[0].StartsWith('#'))
                .Select(f => (Id: uint.TryParse(f[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0, Segment: WalSegment.NumberOf(f[1])))
                .Where(a => a.Id > 0 && a.Segment is not null)
                .Select(a => (a.Id, a.Segment!.Value)),
        ],
        timeline);

    /// <summary>The file that holds a position on the way to this timeline. The segment in which a timeline was left is continued on the next.</summary>
    /// <param name="number">Number of the segment.</param>
    public WalSegment Holder(ulong number)
    {
        foreach (var (timeline, left) in Ancestors)
        {
            if (number < left)
            {
                return new WalSegment(timeline, number);
            }
        }

        return new WalSegment(Timeline, number);
    }
}
