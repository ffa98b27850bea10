namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>What products cost and how often each is bought.</summary>
internal sealed class Assortment
{
    private const int PriceSteps = 4096;

    private static readonly byte[] PriceEndings = [99, 99, 99, 95, 90, 50, 49, 0];

    private readonly int[] _prices = new int[PriceSteps];
    private readonly ulong _priceStream;
    private readonly long _products;
    private readonly long _stride;
    private readonly long _offset;

    /// <summary>The assortment of a plan.</summary>
    public Assortment(SeedPlan plan)
    {
        _products = plan.Products;
        _priceStream = Draw.Stream(plan.Seed, Topic.Prices);
        var shape = new Draw(Draw.Stream(plan.Seed, Topic.Popularity), 0);
        _offset = shape.Below(_products);
        _stride = (_products / 2) + shape.Below(_products / 3);
        while (Gcd(_stride, _products) != 1)
        {
            _stride++;
        }

        for (var i = 0; i < PriceSteps; i++)
        {
            _prices[i] = LogNormalPrice(ref shape);
        }
    }

    /// <summary>Price in cents; most are between 5 and 100 units of money, a few reach a thousand.</summary>
    /// <param name="product">1-based.</param>
    public int PriceCents(long product)
    {
        var draw = new Draw(_priceStream, product);
        return _prices[draw.Below(PriceSteps)];
    }

    /// <summary>A product as customers choose it: popularity falls with the rank, so that a fifth of all products sells two thirds.</summary>
    /// <returns>1-based.</returns>
    public int Choose(ref Draw draw)
    {
        var u = draw.Unit();
        var rank = (long)(u * u * u * u * _products);
        return (int)((((rank * _stride) + _offset) % _products) + 1);
    }

    /// <summary>Log-normal: median 24, two thirds within a factor of 2.5; the normal part is a sum of twelve uniform numbers.</summary>
    private static int LogNormalPrice(ref Draw draw)
    {
        var normal = -6.0;
        for (var i = 0; i < 12; i++)
        {
            normal += draw.Unit();
        }

        var whole = (int)Math.Clamp(24 * Math.Exp(0.9 * normal), 1, 4_000);
        return (whole * 100) + PriceEndings[draw.Below(PriceEndings.Length)];
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
