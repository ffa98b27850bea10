using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bogus;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Seeding;

/// <summary>Customers and addresses made by our generator and by Bogus itself: same columns, same words, one thread each.</summary>
public static class GenerationComparison
{
    private const int Seed = 42;

    /// <summary>Makes rows both ways, ours first and last so that a machine that slows down shows, and counts distinct values.</summary>
    /// <param name="customers">How many customers; addresses come on top. At least 1,000.</param>
    /// <param name="ct">Cancels between two passes.</param>
    public static Task<GenerationComparisonResult> RunAsync(int customers, CancellationToken ct) => Task.Run(
        () =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(customers, 1_000);
            var rows = customers / 6 * 100L;
            var plan = SeedPlan.For(Math.Clamp(rows, SeedPlan.LeastRows, SeedPlan.MostRows), Seed);
            Ours(plan, (int)Math.Min(plan.Customers, 1_000), null);
            Theirs(1_000, null);
            ct.ThrowIfCancellationRequested();

            var count = (int)Math.Min(plan.Customers, customers);
            var first = Rate(() => Ours(plan, count, null));
            ct.ThrowIfCancellationRequested();
            var theirs = Rate(() => Theirs(count, null));
            ct.ThrowIfCancellationRequested();
            var last = Rate(() => Ours(plan, count, null));

            var (ourValues, theirValues) = (Sets(), Sets());
            Ours(plan, count, ourValues);
            ct.ThrowIfCancellationRequested();
            Theirs(count, theirValues);
            return new GenerationComparisonResult(
                Math.Min(first, last),
                Math.Max(first, last),
                theirs,
                ourValues.ToDictionary(c => c.Key, c => ((long)c.Value.Count, (long)theirValues[c.Key].Count), StringComparer.Ordinal));
        },
        ct);

    private static double Rate(Func<long> make)
    {
        var clock = Stopwatch.StartNew();
        var rows = make();
        return rows / clock.Elapsed.TotalSeconds;
    }

    private static Dictionary<string, HashSet<string>> Sets() =>
        new[] { "email", "first_name", "last_name", "phone", "street", "city", "postal_code", "country" }
            .ToDictionary(c => c, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);

    private static long Ours(SeedPlan plan, int customers, Dictionary<string, HashSet<string>>? values)
    {
        var rows = 0L;
        var buffer = new RowBuffer();
        foreach (var source in new RowSource[] { new CustomerRows(plan), new AddressRows(plan) })
        {
            var columns = source.Columns.Split(", ");
            for (var from = 0; from < customers; from += 1024)
            {
                source.Write(buffer, from, Math.Min(customers, from + 1024));
                rows += buffer.Rows;
                if (values is not null)
                {
                    Collect(buffer, columns, values);
                }

                buffer.Clear();
            }
        }

        return rows;
    }

    private static void Collect(RowBuffer buffer, string[] columns, Dictionary<string, HashSet<string>> values)
    {
        foreach (var row in CopyReader.Rows(buffer.Written))
        {
            for (var i = 0; i < columns.Length; i++)
            {
                if (values.TryGetValue(columns[i], out var seen) && row[i] is { } cell)
                {
                    seen.Add(Encoding.UTF8.GetString(cell.Span));
                }
            }
        }
    }

    /// <summary>Bogus' own way to the same columns, as its documentation has it; strings stand in a row object, nothing is sent.</summary>
    private static long Theirs(int customers, Dictionary<string, HashSet<string>>? values)
    {
        var faker = new Faker("en") { Random = new Randomizer(Seed) };
        var domains = faker.Database("internet", "example_email");
        var countries = Countries.All.Select(c => Encoding.UTF8.GetString(c.Country.Code)).ToArray();
        var shares = Countries.All.Select(c => c.Share / 100f).ToArray();
        var formats = Countries.All.ToDictionary(c => Encoding.UTF8.GetString(c.Country.Code), c => Encoding.UTF8.GetString(c.Country.PostalCode));
        var (since, until) = (DateTimeOffset.UnixEpoch.AddYears(52), DateTimeOffset.UnixEpoch.AddYears(56));
        var rows = 0L;
        for (var i = 1; i <= customers; i++)
        {
            var first = faker.Name.FirstName();
            var last = faker.Name.LastName();
            var customer = new object[]
            {
                (long)i,
                faker.Internet.Email(first, last, faker.PickRandom(domains), i.ToString(CultureInfo.InvariantCulture)),
                first,
                last,
                faker.Phone.PhoneNumber(),
                faker.Random.Float() < 0.82f ? "private" : "company",
                faker.Date.BetweenOffset(since, until),
            };
            rows++;
            values?["email"].Add((string)customer[1]);
            values?["first_name"].Add(first);
            values?["last_name"].Add(last);
            values?["phone"].Add((string)customer[4]);

            var country = faker.Random.WeightedRandom(countries, shares);
            for (var a = 0; a < (i % 20 < 9 ? 2 : 1); a++)
            {
                var address = new object[]
                {
                    rows, (long)i, a == 0 ? "billing" : "shipping", faker.Address.StreetAddress(), faker.Address.City(), faker.Random.Replace(formats[country]), country,
                };
                rows++;
                values?["street"].Add((string)address[3]);
                values?["city"].Add((string)address[4]);
                values?["postal_code"].Add((string)address[5]);
                values?["country"].Add(country);
            }
        }

        return rows;
    }

    private static string[] Database(this Faker faker, string category, string path)
    {
        var words = (Bogus.Bson.BArray)Bogus.Database.Get(category, path, faker.Locale);
        return [.. Enumerable.Range(0, words.Count).Select(i => words[i].StringValue)];
    }
}

/// <summary>How the two compare. Rates are rows a second on one thread.</summary>
/// <param name="SlowerRate">Ours, the slower of two passes.</param>
/// <param name="FasterRate">Ours, the faster of two passes: their distance is what this machine's noise is worth.</param>
/// <param name="BogusRate">Bogus.</param>
/// <param name="Distinct">Distinct values by column: ours, and Bogus'.</param>
public sealed record GenerationComparisonResult(
    double SlowerRate,
    double FasterRate,
    double BogusRate,
    IReadOnlyDictionary<string, (long Ours, long Bogus)> Distinct)
{
    /// <summary>How many times faster, by the slower pass.</summary>
    public double Ratio => SlowerRate / BogusRate;

    /// <summary>The column whose counts of distinct values differ most, as a ratio: 0.05 is five percent.</summary>
    public double WorstDistinctDifference => Distinct.Values.Max(d => Math.Abs(d.Ours - d.Bogus) / (double)d.Bogus);
}
