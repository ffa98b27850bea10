using System.Globalization;

namespace SreLab.Fixtures.Cluster;

/// <summary>A file of the write-ahead log.</summary>
/// <param name="Timeline">Timeline, 1 or more.</param>
/// <param name="Number">Position divided by the size of a segment; the same on every timeline.</param>
/// <param name="Bytes">Size of every segment of the cluster, which <c>initdb</c> decides (<c>wal_segment_size</c>).</param>
/// <remarks>
/// Names as in PostgreSQL's <c>XLogFileName</c>: eight hexadecimal digits each of timeline, and of the upper and the lower part of the number; as many
/// segments as 4 GiB hold share an upper part. So a name says which segment it is only together with the size.
/// </remarks>
public readonly record struct WalSegment(uint Timeline, ulong Number, ulong Bytes = WalSegment.DefaultBytes)
{
    /// <summary>Bytes in a segment where nobody asked for another size.</summary>
    public const ulong DefaultBytes = 16 << 20;

    private const int NameLength = 24;

    /// <summary>The file's name.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Timeline:X8}{Number / PerLog(Bytes):X8}{Number % PerLog(Bytes):X8}");

    /// <summary>The one after it on the same timeline.</summary>
    public WalSegment Next => this with { Number = Number + 1 };

    /// <summary>Reads a name; what comes after a hyphen (pgBackRest's checksum) is left out.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">Size of the cluster's segments.</param>
    /// <returns>Null for a history, backup or partial file, or anything else.</returns>
    public static WalSegment? Parse(string name, ulong bytes = DefaultBytes)
    {
        var hyphen = name.IndexOf('-', StringComparison.Ordinal);
        var digits = hyphen < 0 ? name : name[..hyphen];
        return digits.Length == NameLength
            && uint.TryParse(digits.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var timeline)
            && ulong.TryParse(digits.AsSpan(8, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var log)
            && ulong.TryParse(digits.AsSpan(16, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var segment)
            && timeline > 0 && segment < PerLog(bytes)
            ? new WalSegment(timeline, (log * PerLog(bytes)) + segment, bytes)
            : null;
    }

    /// <summary>Number of the segment that holds a position (<c>0/6000028</c>); null when it is none.</summary>
    /// <param name="position">As PostgreSQL writes it.</param>
    /// <param name="bytes">Size of the cluster's segments.</param>
    public static ulong? NumberOf(string position, ulong bytes = DefaultBytes)
    {
        var parts = position.Split('/');
        return parts.Length == 2
            && ulong.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            && ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? ((high << 32) + low) / bytes
            : null;
    }

    /// <inheritdoc />
    public override string ToString() => Name;

    // What was never set has no size either.
    private static ulong PerLog(ulong bytes) => 0x1_0000_0000 / (bytes == 0 ? DefaultBytes : bytes);
}

/// <summary>How a timeline came to be: which earlier ones it continues, and from where.</summary>
/// <param name="Ancestors">Earlier timelines in order, each with the number of the segment in which it was left.</param>
/// <param name="Timeline">The timeline itself.</param>
/// <param name="Bytes">Size of the cluster's segments.</param>
public sealed record TimelineHistory(IReadOnlyList<(uint Timeline, ulong LeftInSegment)> Ancestors, uint Timeline, ulong Bytes = WalSegment.DefaultBytes)
{
    /// <summary>Reads the text of a <c>.history</c> file: timeline, position, reason, separated by tabs.</summary>
    /// <param name="timeline">The timeline whose file it is.</param>
    /// <param name="text">Empty for the first timeline, which has none.</param>
    /// <param name="bytes">Size of the cluster's segments.</param>
    public static TimelineHistory Parse(uint timeline, string text, ulong bytes = WalSegment.DefaultBytes) => new(
        [
            .. text.Split('\n')
                .Select(line => line.Split('\t', 3))
                .Where(f => f.Length >= 2 && !f[0].StartsWith('#'))
                .Select(f => (Id: uint.TryParse(f[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0, Segment: WalSegment.NumberOf(f[1], bytes)))
                .Where(a => a.Id > 0 && a.Segment is not null)
                .Select(a => (a.Id, a.Segment!.Value)),
        ],
        timeline,
        bytes);

    /// <summary>The file that holds a position on the way to this timeline. The segment in which a timeline was left is continued on the next.</summary>
    /// <param name="number">Number of the segment.</param>
    public WalSegment Holder(ulong number)
    {
        foreach (var (timeline, left) in Ancestors)
        {
            if (number < left)
            {
                return new WalSegment(timeline, number, Bytes);
            }
        }

        return new WalSegment(Timeline, number, Bytes);
    }
}
