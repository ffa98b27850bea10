using System.Buffers.Binary;

namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Reads back what <see cref="RowBuffer"/> wrote: for comparisons and tests.</summary>
internal static class CopyReader
{
    /// <summary>The rows as cells; null is a null.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>?[]> Rows(ReadOnlyMemory<byte> written)
    {
        while (!written.IsEmpty)
        {
            var row = new ReadOnlyMemory<byte>?[BinaryPrimitives.ReadInt16BigEndian(written.Span)];
            written = written[2..];
            for (var i = 0; i < row.Length; i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(written.Span);
                written = written[4..];
                if (length >= 0)
                {
                    row[i] = written[..length];
                    written = written[length..];
                }
            }

            yield return row;
        }
    }
}
