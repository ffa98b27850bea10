namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>What happens after an order: invoice, payment and shipment with their times, from the order alone.</summary>
internal sealed class BillingDesk(int seed)
{
    private static readonly byte[][] Methods = ["card"u8.ToArray(), "wallet"u8.ToArray(), "transfer"u8.ToArray(), "direct_debit"u8.ToArray()];

    private readonly ulong _stream = Draw.Stream(seed, Topic.Billing);

    /// <summary>Reads the course of an order; parts that its state does not have are meaningless.</summary>
    public Course Read(Order order)
    {
        var draw = new Draw(_stream, order.Id);
        var issued = order.PlacedAt + Between(ref draw, OrderCalendar.Second, 6 * OrderCalendar.Hour);
        var due = issued + (draw.Percent(70) ? 14 : 30) * OrderCalendar.Day;

        // Card 48 %, wallet 20 %, transfer 22 %, direct debit 10 %; of the last weeks only what arrives at once.
        var method = draw.Below(order.State.IsRecent() ? 68 : 100) switch { < 48 => 0, < 68 => 1, < 90 => 2, _ => 3 };
        var paid = issued + (method < 2
            ? Between(ref draw, OrderCalendar.Second, 10 * 60 * OrderCalendar.Second)
            : Delay(ref draw, method == 2 ? 9 : 5));

        var shipped = issued + Between(ref draw, 2 * OrderCalendar.Hour, 3 * OrderCalendar.Day);
        var delivered = shipped + OrderCalendar.Day + Delay(ref draw, 2);
        return new Course(issued, due, Methods[method], paid, shipped, delivered);
    }

    private static long Between(ref Draw draw, long least, long most) => least + draw.Below(most - least);

    /// <summary>Mostly around the mean, now and then twice as long.</summary>
    private static long Delay(ref Draw draw, int meanDays) =>
        (long)((draw.Unit() + draw.Unit()) * draw.Unit() * 2 * meanDays * OrderCalendar.Day) + OrderCalendar.Hour;
}

/// <summary>Times in microseconds since 1970.</summary>
/// <param name="IssuedAt">Invoice.</param>
/// <param name="DueAt">Invoice.</param>
/// <param name="Method">Payment.</param>
/// <param name="PaidAt">Payment.</param>
/// <param name="ShippedAt">Shipment.</param>
/// <param name="DeliveredAt">Shipment.</param>
internal readonly record struct Course(long IssuedAt, long DueAt, byte[] Method, long PaidAt, long ShippedAt, long DeliveredAt);
