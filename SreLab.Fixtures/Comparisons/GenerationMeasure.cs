using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Seeding;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Our row generator beside Bogus itself: same columns, one thread, and as many distinct values.</summary>
internal static class GenerationMeasure
{
    private const int Customers = 60_000;

    internal static async Task<Comparison> RunAsync(int pairs, IProgressLog progress, CancellationToken ct)
    {
        List<double> ours = [], theirs = [];
        for (var i = 0; i < pairs; i++)
        {
            var result = await GenerationComparison.RunAsync(Customers, ct);
            ours.Add(result.SlowerRate);
            theirs.Add(result.BogusRate);
            progress.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"ours {result.SlowerRate:N0} rows/s, Bogus {result.BogusRate:N0} rows/s; distinct values: {string.Join(", ", result.Distinct.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key} {d.Value.Ours}/{d.Value.Bogus}")))}"));
        }

        return new Comparison("row generation against Bogus, customers and addresses", "rows/s", ours, theirs, Goal: 10, LowerIsBetter: false);
    }
}
