namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Random numbers of one row: a counter-based generator (SplitMix64), so that any row can be made without the rows before it.</summary>
/// <remarks>Not for secrets. Mutable on purpose: a row draws its values one after the other.</remarks>
internal struct Draw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>The numbers of row <paramref name="index"/> in a stream of <see cref="Stream"/>.</summary>
    public Draw(ulong stream, long index) => _state = Mix(stream ^ Mix(unchecked((ulong)index * Golden)));

    /// <summary>A stream of its own for each seed and topic.</summary>
    public static ulong Stream(int seed, Topic topic) => Mix(Mix((uint)seed + Golden) + ((ulong)topic * 0xD1342543DE82EF95));

    /// <summary>64 uniform bits.</summary>
    public ulong Next()
    {
        _state = unchecked(_state + Golden);
        return Mix(_state);
    }

    /// <summary>Uniform in 0..<paramref name="limit"/>-1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>Uniform in 0..<paramref name="limit"/>-1.</summary>
    public long Below(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Uniform in 0 (included) to 1 (excluded).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with this probability in percent.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    /// <summary>One word of a list, all equally likely.</summary>
    public byte[] Of(byte[][] words) => words[Below(words.Length)];

    /// <summary>A bijection of 64-bit numbers: different in, different out.</summary>
    public static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>What a stream of random numbers is for; values of one topic say nothing about those of another.</summary>
internal enum Topic
{
    /// <summary>Sizes of orders within a block.</summary>
    OrderSizes = 1,

    /// <summary>States of orders within a block.</summary>
    OrderStates,

    /// <summary>Time, customer and address of an order.</summary>
    Orders,

    /// <summary>Items of an order.</summary>
    Items,

    /// <summary>Invoice, payment and shipment of an order.</summary>
    Billing,

    /// <summary>Prices of products.</summary>
    Prices,

    /// <summary>Products without their price.</summary>
    Products,

    /// <summary>Which product has which rank of popularity.</summary>
    Popularity,

    /// <summary>Stock.</summary>
    Inventory,

    /// <summary>Suppliers.</summary>
    Suppliers,

    /// <summary>Warehouses.</summary>
    Warehouses,

    /// <summary>Customers.</summary>
    Customers,

    /// <summary>How often a customer orders.</summary>
    Loyalty,

    /// <summary>Addresses.</summary>
    Addresses,

    /// <summary>References that a payment provider or a carrier gives.</summary>
    References,
}
