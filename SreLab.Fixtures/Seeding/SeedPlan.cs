using System.Globalization;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Seeding;

/// <summary>How many rows every table gets for a total: whole numbers that add up to exactly what was asked.</summary>
/// <remarks>Every row is a pure function of seed, table and number, so a plan is all that must be kept, at any size.</remarks>
public sealed class SeedPlan
{
    /// <summary>The least total: below it the shares make no business.</summary>
    public const long LeastRows = 10_000;

    /// <summary>The greatest total.</summary>
    public const long MostRows = 100_000_000;

    internal const int Departments = 22;
    internal const int CategoriesPerDepartment = 5;

    private SeedPlan(long rows, int seed)
    {
        Rows = rows;
        Seed = seed;
        Categories = Departments * (1 + CategoriesPerDepartment);
        Suppliers = (int)Math.Clamp(rows / 3_000, 20, 5_000);
        Warehouses = (int)Math.Clamp(rows / 100_000, 3, 12);
        Products = (int)Math.Clamp(rows / 80, 100, 200_000);
        StockPerProduct = Math.Min(4, Warehouses);
        Customers = rows * 6 / 100;
        var shippingAddresses = Customers * 45 / 100;

        var left = rows - Categories - Suppliers - Warehouses - Products - Inventory - Customers - Customers - shippingAddresses;
        Layout = new OrderLayout(seed, MostOrders(seed, left));
        Counts = Layout.Before(Layout.Orders);
        ShippingAddresses = shippingAddresses + left - Layout.Orders - Counts.Total;
    }

    /// <summary>Which generator made the rows: the same rows, seed and generator give the same bytes.</summary>
    public static string Generator { get; } = string.Create(
        CultureInfo.InvariantCulture, $"1 (Bogus {typeof(Bogus.Database).Assembly.GetName().Version?.ToString(3)})");

    /// <summary>Rows over all tables.</summary>
    public long Rows { get; }

    /// <summary>Decides every value.</summary>
    public int Seed { get; }

    /// <summary>Rows by table, without schema, in the order in which foreign keys allow them.</summary>
    public IReadOnlyDictionary<string, long> RowsByTable => new Dictionary<string, long>(StringComparer.Ordinal)
    {
        ["categories"] = Categories,
        ["suppliers"] = Suppliers,
        ["warehouses"] = Warehouses,
        ["products"] = Products,
        ["inventory"] = Inventory,
        ["customers"] = Customers,
        ["addresses"] = Addresses,
        ["orders"] = Layout.Orders,
        ["order_items"] = Counts.Items,
        ["invoices"] = Counts.Invoices,
        ["payments"] = Counts.Payments,
        ["shipments"] = Counts.Shipments,
    };

    internal int Categories { get; }

    internal int Suppliers { get; }

    internal int Warehouses { get; }

    internal int Products { get; }

    internal int StockPerProduct { get; }

    internal long Inventory => (long)Products * StockPerProduct;

    internal long Customers { get; }

    internal long ShippingAddresses { get; }

    internal long Addresses => Customers + ShippingAddresses;

    internal OrderLayout Layout { get; }

    internal OrderCounts Counts { get; }

    /// <summary>The plan for a total.</summary>
    /// <param name="rows">10,000 to 100,000,000.</param>
    /// <param name="seed">0 or greater.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that.</exception>
    public static SeedPlan For(long rows, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, LeastRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MostRows);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        return new SeedPlan(rows, seed);
    }

    /// <summary>Number of the first address of a customer: addresses of a customer lie side by side, shipping after billing.</summary>
    /// <param name="customer">0-based; <see cref="Customers"/> for all.</param>
    internal long AddressesBefore(long customer) => customer + (customer * ShippingAddresses / Customers);

    /// <summary>Whether a customer has a shipping address beside the billing address.</summary>
    /// <param name="customer">0-based.</param>
    internal bool HasShippingAddress(long customer) => AddressesBefore(customer + 1) - AddressesBefore(customer) == 2;

    /// <summary>As many orders as fit with all that hangs on them; the few rows left over become shipping addresses.</summary>
    private static long MostOrders(int seed, long rows)
    {
        var (least, most) = (OrderLayout.Block * 4L, rows);
        while (least < most)
        {
            var orders = (least + most + 1) / 2;
            if (orders + new OrderLayout(seed, orders).Before(orders).Total <= rows)
            {
                least = orders;
            }
            else
            {
                most = orders - 1;
            }
        }

        return least;
    }
}
