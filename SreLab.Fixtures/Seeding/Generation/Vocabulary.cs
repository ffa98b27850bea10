using System.Text;
using Bogus;
using Bogus.Bson;

namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Words from Bogus' English data sets, read once into UTF-8: Bogus knows what names look like, drawing them is ours.</summary>
internal sealed class Vocabulary
{
    /// <summary>The one vocabulary; some ten thousand short words.</summary>
    public static Vocabulary Shared { get; } = new();

    private Vocabulary()
    {
        FirstNames = Words("name", "first_name");
        LastNames = Words("name", "last_name");
        MailFirstNames = [.. FirstNames.Select(MailPart)];
        MailLastNames = [.. LastNames.Select(MailPart)];
        MailDomains = Words("internet", "example_email");
        PhoneFormats = Words("phone_number", "formats");
        CityPrefixes = Words("address", "city_prefix");
        CitySuffixes = Words("address", "city_suffix");
        StreetSuffixes = Words("address", "street_suffix");
        BuildingNumbers = Words("address", "building_number");
        CompanySuffixes = Words("company", "suffix");
        Departments = Words("commerce", "department");
        ProductAdjectives = Words("commerce", "product_name.adjective");
        ProductMaterials = Words("commerce", "product_name.material");
        ProductNouns = Words("commerce", "product_name.product");
        ProductDescriptions = Words("commerce", "product_description");
    }

    /// <summary>First names of people; the same index in <see cref="MailFirstNames"/>.</summary>
    public byte[][] FirstNames { get; }

    /// <summary>Last names of people; the same index in <see cref="MailLastNames"/>.</summary>
    public byte[][] LastNames { get; }

    /// <summary>First names as they stand in a mail address.</summary>
    public byte[][] MailFirstNames { get; }

    /// <summary>Last names as they stand in a mail address.</summary>
    public byte[][] MailLastNames { get; }

    /// <summary>Domains that are reserved for examples: no such address reaches anybody.</summary>
    public byte[][] MailDomains { get; }

    /// <summary>Formats for <see cref="RowBuffer.PutPattern"/>.</summary>
    public byte[][] PhoneFormats { get; }

    /// <summary>North, New...</summary>
    public byte[][] CityPrefixes { get; }

    /// <summary>town, ville...</summary>
    public byte[][] CitySuffixes { get; }

    /// <summary>Alley, Avenue...</summary>
    public byte[][] StreetSuffixes { get; }

    /// <summary>Formats for <see cref="RowBuffer.PutPattern"/>.</summary>
    public byte[][] BuildingNumbers { get; }

    /// <summary>Inc, LLC...</summary>
    public byte[][] CompanySuffixes { get; }

    /// <summary>Books, Garden...</summary>
    public byte[][] Departments { get; }

    /// <summary>Handcrafted, Sleek...</summary>
    public byte[][] ProductAdjectives { get; }

    /// <summary>Cotton, Steel...</summary>
    public byte[][] ProductMaterials { get; }

    /// <summary>Chair, Computer...</summary>
    public byte[][] ProductNouns { get; }

    /// <summary>Sentences.</summary>
    public byte[][] ProductDescriptions { get; }

    /// <summary>A city as Bogus composes it.</summary>
    public void PutCity(RowBuffer row, ref Draw draw)
    {
        var form = draw.Below(4);
        if (form < 2)
        {
            row.Put(draw.Of(CityPrefixes));
            row.Put((byte)' ');
        }

        row.Put(draw.Of(form == 3 ? LastNames : FirstNames));
        if (form != 1)
        {
            row.Put(draw.Of(CitySuffixes));
        }
    }

    /// <summary>Number and street as Bogus composes them.</summary>
    public void PutStreet(RowBuffer row, ref Draw draw)
    {
        row.PutPattern(draw.Of(BuildingNumbers), ref draw);
        row.Put((byte)' ');
        row.Put(draw.Of(draw.Below(2) == 0 ? FirstNames : LastNames));
        row.Put((byte)' ');
        row.Put(draw.Of(StreetSuffixes));
    }

    /// <summary>A company as Bogus composes it.</summary>
    public void PutCompany(RowBuffer row, ref Draw draw)
    {
        var form = draw.Below(3);
        row.Put(draw.Of(LastNames));
        row.Put(form switch { 0 => " "u8, 1 => "-"u8, _ => ", "u8 });
        row.Put(draw.Of(form == 0 ? CompanySuffixes : LastNames));
        if (form == 2)
        {
            row.Put(" and "u8);
            row.Put(draw.Of(LastNames));
        }
    }

    private static byte[][] Words(string category, string path)
    {
        var words = (BArray)Database.Get(category, path, "en");
        return [.. Enumerable.Range(0, words.Count).Select(i => Encoding.UTF8.GetBytes(words[i].StringValue))];
    }

    private static byte[] MailPart(byte[] name) =>
        [.. name.Where(c => char.IsAsciiLetter((char)c)).Select(c => (byte)char.ToLowerInvariant((char)c))];
}
