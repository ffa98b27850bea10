using System.Buffers.Binary;
using System.Globalization;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>Segments of the write-ahead log with one record.</summary>
internal static class Wal
{
    private const int SegmentBytes = 16 << 20;
    private const int PageBytes = 8192;
    private const int LongHeader = 40;

    public static byte[] Segment(string name, DateTimeOffset? commit)
    {
        var segment = new byte[SegmentBytes];
        var number = ulong.Parse(name.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        BinaryPrimitives.WriteUInt16LittleEndian(segment.AsSpan(2), 2);
        BinaryPrimitives.WriteUInt64LittleEndian(segment.AsSpan(8), number * SegmentBytes);
        BinaryPrimitives.WriteInt32LittleEndian(segment.AsSpan(36), PageBytes);
        if (commit is { } at)
        {
            var record = segment.AsSpan(LongHeader);
            BinaryPrimitives.WriteInt32LittleEndian(record, 24 + 2 + 8);
            record[17] = 1;
            record[24] = 255;
            record[25] = 8;
            BinaryPrimitives.WriteInt64LittleEndian(record[26..], (at - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).Ticks / TimeSpan.TicksPerMicrosecond);
        }

        return segment;
    }
}
