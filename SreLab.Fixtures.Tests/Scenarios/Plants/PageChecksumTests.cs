using System.Buffers.Binary;
using FluentAssertions;
using SreLab.Fixtures.Scenarios.Plants;

namespace SreLab.Fixtures.Tests.Scenarios.Plants;

/// <summary>Against pages that PostgreSQL 15 itself wrote and <c>pg_checksums</c> gave their checksum.</summary>
public sealed class PageChecksumTests
{
    [Fact]
    public void The_first_page_of_an_empty_index_has_the_checksum_that_PostgreSQL_gave_it()
    {
        var page = IndexMetaPage();

        PageChecksum.Stored(page).Should().Be(53831);
        PageChecksum.Compute(page, 0).Should().Be(53831);
    }

    [Theory]
    [InlineData(0xCA, 56789)]
    [InlineData(0x3B, 3430)]
    [InlineData(0xBF, 53584)]
    [InlineData(0xEB, 32258)]
    public void The_second_page_of_a_free_space_map_has_the_checksum_that_PostgreSQL_gave_it(byte space, ushort checksum) =>
        PageChecksum.Compute(FreeSpacePage(space), 1).Should().Be(checksum);

    [Fact]
    public void The_number_of_the_block_matters() =>
        new uint[] { 0, 1, 2, 131_071, uint.MaxValue }.Select(b => PageChecksum.Compute(IndexMetaPage(), b)).Should().OnlyHaveUniqueItems();

    [Fact]
    public void The_checksum_that_is_stored_does_not_matter()
    {
        var page = IndexMetaPage();

        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(8), 1);

        PageChecksum.Compute(page, 0).Should().Be(53831);
        PageChecksum.Stored(page).Should().Be(1, "computing changes nothing");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(4096)]
    [InlineData(PageChecksum.PageSize - 1)]
    public void Any_flipped_bit_outside_of_it_changes_it(int at)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            var page = IndexMetaPage();
            page[at] ^= (byte)(1 << bit);

            PageChecksum.Compute(page, 0).Should().NotBe(53831, "bit {0} of byte {1} is flipped", bit, at);
        }
    }

    [Fact]
    public void A_stored_checksum_is_the_right_one_and_nothing_else_changes()
    {
        var page = IndexMetaPage();
        page[4000] = 42;
        var before = page.ToArray();

        PageChecksum.Store(page, 3);

        PageChecksum.Stored(page).Should().Be(PageChecksum.Compute(page, 3)).And.NotBe(PageChecksum.Stored(before));
        page.Where((_, i) => i is not (8 or 9)).Should().Equal(before.Where((_, i) => i is not (8 or 9)));
    }

    /// <summary>Block 0 of a B-tree of a fresh cluster: all bytes but these are 0.</summary>
    private static byte[] IndexMetaPage() => Page(
        (4, 0xB0), (5, 0x63), (7, 0x01), (8, 0x47), (9, 0xD2), (12, 0x48), (14, 0xF0), (15, 0x1F), (16, 0xF0), (17, 0x1F), (18, 0x04), (19, 0x20),
        (24, 0x62), (25, 0x31), (26, 0x05), (28, 0x04), (62, 0xF0), (63, 0xBF), (8188, 0x08));

    /// <summary>Block 1 of a free space map in which one heap page has space: the way down to it, doubling.</summary>
    private static byte[] FreeSpacePage(byte space) => Page(
    [
        (12, 0x18), (15, 0x20), (17, 0x20), (18, 0x04), (19, 0x20),
        .. Enumerable.Range(0, 13).Select(level => (27 + (1 << level), space)),
    ]);

    private static byte[] Page(params (int At, byte Value)[] bytes)
    {
        var page = new byte[PageChecksum.PageSize];
        foreach (var (at, value) in bytes)
        {
            page[at] = value;
        }

        return page;
    }
}
