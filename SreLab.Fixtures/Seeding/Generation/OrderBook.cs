namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Makes any order with its items from its number alone.</summary>
internal sealed class OrderBook
{
    /// <summary>From here on customers sign up, at an even pace; half of them were there before the first order.</summary>
    public static readonly long FirstCustomer = OrderCalendar.Micros(2022, 1, 1);

    private const int Attempts = 8;

    private readonly SeedPlan _plan;
    private readonly Assortment _assortment;
    private readonly ulong _orderStream;
    private readonly ulong _itemStream;
    private readonly ulong _loyaltyStream;

    /// <summary>The orders of a plan.</summary>
    public OrderBook(SeedPlan plan)
    {
        _plan = plan;
        _assortment = new Assortment(plan);
        _orderStream = Draw.Stream(plan.Seed, Topic.Orders);
        _itemStream = Draw.Stream(plan.Seed, Topic.Items);
        _loyaltyStream = Draw.Stream(plan.Seed, Topic.Loyalty);
    }

    /// <summary>When a customer signed up: rises with the number.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="customer">0-based.</param>
    /// <param name="within">0 (included) to 1 (excluded).</param>
    public static long CustomerSince(SeedPlan plan, long customer, double within) =>
        FirstCustomer + (long)((customer + within) / plan.Customers * (OrderCalendar.End - FirstCustomer));

    /// <summary>Reads an order without its items.</summary>
    /// <param name="order">0-based.</param>
    /// <param name="into">Overwritten.</param>
    public void Read(long order, Order into)
    {
        var draw = new Draw(_orderStream, order);
        into.Id = order + 1;
        into.State = _plan.Layout.State(order);
        into.PlacedAt = OrderCalendar.At((order + draw.Unit()) / _plan.Layout.Orders);
        into.ItemCount = _plan.Layout.Items(order);

        var customer = ChooseCustomer(into.PlacedAt, ref draw);
        into.CustomerId = customer + 1;
        into.ShippingAddressId = _plan.AddressesBefore(customer) + 1 + (_plan.HasShippingAddress(customer) && draw.Percent(85) ? 1 : 0);
    }

    /// <summary>Reads the items of an order and its total; no product comes twice unless there are hardly any.</summary>
    /// <param name="order">0-based.</param>
    /// <param name="into">Overwritten where items and total are concerned.</param>
    public void ReadItems(long order, Order into)
    {
        var draw = new Draw(_itemStream, order);
        into.ItemCount = _plan.Layout.Items(order);
        into.TotalCents = 0;
        for (var line = 0; line < into.ItemCount; line++)
        {
            var product = _assortment.Choose(ref draw);
            for (var attempt = 0; attempt < Attempts && Contains(into.Items.AsSpan(0, line), product); attempt++)
            {
                product = _assortment.Choose(ref draw);
            }

            var quantity = Quantity(ref draw);
            var price = _assortment.PriceCents(product);
            var item = new OrderItem(product, quantity, quantity < 10 ? price : price - (price / 20));
            into.Items[line] = item;
            into.TotalCents += (long)item.Quantity * item.UnitPriceCents;
        }
    }

    private long ChooseCustomer(long placedAt, ref Draw draw)
    {
        var known = (long)((double)(placedAt - FirstCustomer) / (OrderCalendar.End - FirstCustomer) * _plan.Customers);
        var customer = draw.Below(known);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var loyalty = new Draw(_loyaltyStream, customer).Unit();
            if (draw.Unit() < loyalty * loyalty * loyalty)
            {
                break;
            }

            customer = draw.Below(known);
        }

        return customer;
    }

    private static int Quantity(ref Draw draw) => draw.Below(100) switch
    {
        < 58 => 1,
        < 78 => 2,
        < 92 => 3 + draw.Below(3),
        < 98 => 6 + draw.Below(6),
        _ => 12 + draw.Below(37),
    };

    private static bool Contains(ReadOnlySpan<OrderItem> items, int product)
    {
        foreach (var item in items)
        {
            if (item.ProductId == product)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One order; used again and again, so that memory does not grow with their number.</summary>
internal sealed class Order
{
    /// <summary>1-based.</summary>
    public long Id { get; set; }

    /// <summary>How far it has come.</summary>
    public OrderState State { get; set; }

    /// <summary>Microseconds since 1970.</summary>
    public long PlacedAt { get; set; }

    /// <summary>1-based.</summary>
    public long CustomerId { get; set; }

    /// <summary>1-based; an address of the same customer.</summary>
    public long ShippingAddressId { get; set; }

    /// <summary>How many of <see cref="Items"/> count.</summary>
    public int ItemCount { get; set; }

    /// <summary>The items, from line 1 on.</summary>
    public OrderItem[] Items { get; } = new OrderItem[OrderLayout.MostItems];

    /// <summary>Sum over the items.</summary>
    public long TotalCents { get; set; }
}

/// <summary>One line of an order.</summary>
internal readonly record struct OrderItem(int ProductId, int Quantity, int UnitPriceCents);
