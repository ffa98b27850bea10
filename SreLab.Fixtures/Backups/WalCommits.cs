using System.Buffers.Binary;

namespace SreLab.Fixtures.Backups;

/// <summary>Finds the last commit in a file of the write-ahead log, without PostgreSQL's own program of the same version.</summary>
/// <remarks>
/// Pages begin with a header, the first of a file with a long one; records follow each other at multiples of 8 bytes and go on in the next page. What is read of
/// a record is its length, its kind, and of a commit its time: the same in every version that has pages of these headers, 9.5 and newer.
/// </remarks>
internal static class WalCommits
{
    private const int ShortHeader = 24;
    private const int LongHeader = 40;
    private const int RecordHeader = 24;
    private const int Alignment = 8;

    // Flag of a page, and where its address, what is left of the record before, and the size of pages are.
    private const int Continued = 1;
    private const int AddressAt = 8;
    private const int LeftAt = 16;
    private const int PageSizeAt = 36;

    // Of a record.
    private const int InfoAt = 16;
    private const int ManagerAt = 17;
    private const byte Transactions = 1;
    private const byte Operation = 0x70;
    private const byte Commit = 0x00;
    private const byte CommitPrepared = 0x30;

    // What stands before a record's own data.
    private const byte ShortData = 255;
    private const byte LongData = 254;
    private const byte Origin = 253;
    private const byte TopTransaction = 252;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time of the last commit whose record is whole in this file; null when there is none.</summary>
    /// <param name="file">A whole file of the log, which begins with a page of its own.</param>
    public static DateTimeOffset? Last(ReadOnlySpan<byte> file)
    {
        if (file.Length < LongHeader)
        {
            return null;
        }

        var records = Join(file);
        var left = (BinaryPrimitives.ReadUInt16LittleEndian(file[2..]) & Continued) == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(file[LeftAt..]);
        DateTimeOffset? last = null;
        for (var at = Aligned(left); at + RecordHeader <= records.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(records.AsSpan((int)at));
            if (length < RecordHeader || at + length > records.Length)
            {
                // The rest is empty, or goes on in the next file.
                break;
            }

            last = TimeOf(records.AsSpan((int)at, (int)length)) ?? last;
            at += Aligned(length);
        }

        return last;
    }

    /// <summary>What is in the pages, one after another, until one is of an earlier use of the file.</summary>
    private static byte[] Join(ReadOnlySpan<byte> file)
    {
        var size = (int)BinaryPrimitives.ReadUInt32LittleEndian(file[PageSizeAt..]);
        if (size < LongHeader)
        {
            return [];
        }

        var first = BinaryPrimitives.ReadUInt64LittleEndian(file[AddressAt..]);
        using var joined = new MemoryStream(file.Length);
        for (var at = 0; at + size <= file.Length; at += size)
        {
            var page = file.Slice(at, size);
            if (BinaryPrimitives.ReadUInt64LittleEndian(page[AddressAt..]) != first + (ulong)at)
            {
                break;
            }

            joined.Write(page[(at == 0 ? LongHeader : ShortHeader)..]);
        }

        return joined.ToArray();
    }

    private static DateTimeOffset? TimeOf(ReadOnlySpan<byte> record)
    {
        if (record[ManagerAt] != Transactions || (record[InfoAt] & Operation) is not (Commit or CommitPrepared))
        {
            return null;
        }

        for (var at = RecordHeader; at < record.Length;)
        {
            var skip = record[at] switch { ShortData => 2, LongData => 5, Origin => 3, TopTransaction => 5, _ => 0 };
            if (skip == 0)
            {
                return null;
            }

            var isData = record[at] is ShortData or LongData;
            at += skip;
            if (isData)
            {
                return at + sizeof(long) <= record.Length ? Epoch.AddTicks(BinaryPrimitives.ReadInt64LittleEndian(record[at..]) * TimeSpan.TicksPerMicrosecond) : null;
            }
        }

        return null;
    }

    private static long Aligned(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
