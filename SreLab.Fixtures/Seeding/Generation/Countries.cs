namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Where customers live: countries in which the names of the vocabulary are at home, by their share of the sales.</summary>
internal static class Countries
{
    private static readonly (Country Country, int Share)[] Shares =
    [
        (new("US"u8.ToArray(), "#####"u8.ToArray()), 55),
        (new("GB"u8.ToArray(), "??# #??"u8.ToArray()), 18),
        (new("CA"u8.ToArray(), "?#? #?#"u8.ToArray()), 12),
        (new("AU"u8.ToArray(), "####"u8.ToArray()), 8),
        (new("IE"u8.ToArray(), "?## ####"u8.ToArray()), 4),
        (new("NZ"u8.ToArray(), "####"u8.ToArray()), 3),
    ];

    private static readonly Country[] ByPercent = [.. Shares.SelectMany(s => Enumerable.Repeat(s.Country, s.Share))];

    /// <summary>Every country with its share in percent.</summary>
    public static IReadOnlyList<(Country Country, int Share)> All => Shares;

    /// <summary>A country by its share.</summary>
    public static Country Draw(ref Draw draw) => ByPercent[draw.Below(ByPercent.Length)];
}

/// <summary>A country with the format of its postal codes.</summary>
/// <param name="Code">ISO 3166, two letters.</param>
/// <param name="PostalCode">For <see cref="RowBuffer.PutPattern"/>.</param>
internal sealed record Country(byte[] Code, byte[] PostalCode);
