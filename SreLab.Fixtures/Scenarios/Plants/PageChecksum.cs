using System.Buffers.Binary;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>PostgreSQL's checksum of a data page, so that a planted change is one that checksums cannot see.</summary>
/// <remarks>The algorithm of <c>src/include/storage/checksum_impl.h</c>: 32 parallel FNV-1a sums, folded by exclusive or.</remarks>
internal static class PageChecksum
{
    /// <summary>Bytes of a page.</summary>
    internal const int PageSize = 8192;

    private const int ChecksumOffset = 8;
    private const uint FnvPrime = 16777619;

    private static readonly uint[] BaseOffsets =
    [
        0x5B1F36E9, 0xB8525960, 0x02AB50AA, 0x1DE66D2A, 0x79FF467A, 0x9BB9F8A3, 0x217E7CD2, 0x83E13D2C,
        0xF8D4474F, 0xE39EB970, 0x42C6AE16, 0x993216FA, 0x7B093B5D, 0x98DAFF3C, 0xF718902A, 0x0B1C9CDB,
        0xE58F764B, 0x187636BC, 0x5D7B3BB1, 0xE73DE7DE, 0x92BEC979, 0xCCA6C0B2, 0x304A0979, 0x85AA43D4,
        0x783125BB, 0x6CA8EAA2, 0xE407EAC6, 0x4B5CFC3E, 0x9FBF8C76, 0x15CA20BE, 0xF2CA9FD3, 0x959BD756,
    ];

    /// <summary>The checksum that is stored in a page.</summary>
    internal static ushort Stored(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt16LittleEndian(page[ChecksumOffset..]);

    /// <summary>Writes the right checksum into a page.</summary>
    internal static void Store(Span<byte> page, uint block) =>
        BinaryPrimitives.WriteUInt16LittleEndian(page[ChecksumOffset..], Compute(page, block));

    /// <summary>The checksum that a page should have.</summary>
    /// <param name="page">8,192 bytes.</param>
    /// <param name="block">Number of the page in its relation.</param>
    internal static ushort Compute(ReadOnlySpan<byte> page, uint block)
    {
        Span<byte> copy = stackalloc byte[PageSize];
        page.CopyTo(copy);
        copy.Slice(ChecksumOffset, sizeof(ushort)).Clear();

        Span<uint> sums = stackalloc uint[BaseOffsets.Length];
        BaseOffsets.CopyTo(sums);
        for (var at = 0; at < PageSize; at += sizeof(uint))
        {
            ref var sum = ref sums[at / sizeof(uint) % sums.Length];
            sum = Mix(sum, BinaryPrimitives.ReadUInt32LittleEndian(copy[at..]));
        }

        var folded = 0u;
        foreach (var sum in sums)
        {
            folded ^= Mix(Mix(sum, 0), 0);
        }

        return (ushort)(((folded ^ block) % 65535) + 1);
    }

    private static uint Mix(uint sum, uint value)
    {
        var mixed = sum ^ value;
        return (mixed * FnvPrime) ^ (mixed >> 17);
    }
}
