namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>How many items every order has and how far it has come, so that the rows of every table can be counted without making them.</summary>
/// <remarks>
/// Orders come in blocks of 64. Every block holds the same sizes and the same states in an order of its own, so the rows before
/// any order are a product and a walk over at most 64 orders: no list of orders is kept at any size.
/// The last 4 % of the blocks are recent orders, many of them still open; the rest has run its course.
/// </remarks>
internal sealed class OrderLayout
{
    /// <summary>Orders in a block.</summary>
    public const int Block = 64;

    /// <summary>The largest order, in items.</summary>
    public const int MostItems = 12;

    private static readonly byte[] Sizes = Spread((1, 18), (2, 15), (3, 11), (4, 7), (5, 5), (6, 3), (7, 2), (8, 1), (10, 1), (12, 1));

    private static readonly byte[] SettledStates = Spread(
        ((int)OrderState.Cancelled, 1), ((int)OrderState.CancelledInvoiced, 1), ((int)OrderState.DeliveredUnpaid, 4), ((int)OrderState.DeliveredPaid, 58));

    private static readonly byte[] RecentStates = Spread(
        ((int)OrderState.Placed, 12), ((int)OrderState.Cancelled, 2), ((int)OrderState.InvoicedUnpaid, 14),
        ((int)OrderState.InvoicedPaid, 6), ((int)OrderState.ShippedUnpaid, 16), ((int)OrderState.ShippedPaid, 14));

    private static readonly OrderCounts PerSettledBlock = Sum(SettledStates);
    private static readonly OrderCounts PerRecentBlock = Sum(RecentStates);

    private readonly ulong _sizeStream;
    private readonly ulong _stateStream;
    private readonly long _settledBlocks;

    /// <summary>The layout of so many orders.</summary>
    public OrderLayout(int seed, long orders)
    {
        Orders = orders;
        _sizeStream = Draw.Stream(seed, Topic.OrderSizes);
        _stateStream = Draw.Stream(seed, Topic.OrderStates);
        var blocks = (orders + Block - 1) / Block;
        _settledBlocks = blocks - Math.Max(1, blocks / 25);
    }

    /// <summary>Orders in all.</summary>
    public long Orders { get; }

    /// <summary>Items of an order, 1 to <see cref="MostItems"/>.</summary>
    /// <param name="order">0-based.</param>
    public int Items(long order) => Sizes[Place(_sizeStream, order)];

    /// <summary>How far an order has come.</summary>
    /// <param name="order">0-based.</param>
    public OrderState State(long order) =>
        (OrderState)(order / Block < _settledBlocks ? SettledStates : RecentStates)[Place(_stateStream, order)];

    /// <summary>Rows of every kind that the orders before this one have.</summary>
    /// <param name="order">0-based; <see cref="Orders"/> for all.</param>
    public OrderCounts Before(long order)
    {
        var blocks = order / Block;
        var settled = Math.Min(blocks, _settledBlocks);
        var counts = (PerSettledBlock * settled) + (PerRecentBlock * (blocks - settled));
        for (var o = blocks * Block; o < order; o++)
        {
            counts += OrderCounts.Of(Items(o), State(o));
        }

        return counts;
    }

    private static int Place(ulong stream, long order)
    {
        var key = new Draw(stream, order / Block).Next();
        var position = (int)(order % Block);
        return (((position ^ (int)(key & 63)) * (int)(((key >> 6) & 63) | 1)) + (int)((key >> 12) & 63)) & 63;
    }

    private static byte[] Spread(params (int Value, int Count)[] parts)
    {
        var places = new List<byte>(Block);
        foreach (var (value, count) in parts)
        {
            places.AddRange(Enumerable.Repeat((byte)value, count));
        }

        return places.Count == Block ? [.. places] : throw new InvalidOperationException($"a block has {Block} places, not {places.Count}");
    }

    private static OrderCounts Sum(byte[] states)
    {
        var counts = new OrderCounts(0, 0, 0, 0);
        for (var i = 0; i < Block; i++)
        {
            counts += OrderCounts.Of(Sizes[i], (OrderState)states[i]);
        }

        return counts;
    }
}

/// <summary>Rows that hang on orders.</summary>
internal readonly record struct OrderCounts(long Items, long Invoices, long Payments, long Shipments)
{
    /// <summary>All of them together.</summary>
    public long Total => Items + Invoices + Payments + Shipments;

    /// <summary>The rows of one order.</summary>
    public static OrderCounts Of(int items, OrderState state) =>
        new(items, state.HasInvoice() ? 1 : 0, state.IsPaid() ? 1 : 0, state.IsShipped() ? 1 : 0);

    public static OrderCounts operator +(OrderCounts a, OrderCounts b) =>
        new(a.Items + b.Items, a.Invoices + b.Invoices, a.Payments + b.Payments, a.Shipments + b.Shipments);

    public static OrderCounts operator *(OrderCounts a, long n) => new(a.Items * n, a.Invoices * n, a.Payments * n, a.Shipments * n);
}
