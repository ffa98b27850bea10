namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>How far an order has come: its status, and which rows hang on it.</summary>
internal enum OrderState
{
    /// <summary>Placed and nothing more.</summary>
    Placed,

    /// <summary>Cancelled before an invoice.</summary>
    Cancelled,

    /// <summary>Cancelled with its invoice void.</summary>
    CancelledInvoiced,

    /// <summary>Invoiced, not paid, not shipped.</summary>
    InvoicedUnpaid,

    /// <summary>Invoiced and paid, not shipped.</summary>
    InvoicedPaid,

    /// <summary>On its way, not paid.</summary>
    ShippedUnpaid,

    /// <summary>On its way and paid.</summary>
    ShippedPaid,

    /// <summary>Arrived, not paid.</summary>
    DeliveredUnpaid,

    /// <summary>Arrived and paid.</summary>
    DeliveredPaid,
}

/// <summary>What follows from an order's state.</summary>
internal static class OrderStates
{
    /// <summary>There is an invoice.</summary>
    public static bool HasInvoice(this OrderState state) => state is not (OrderState.Placed or OrderState.Cancelled);

    /// <summary>The invoice is paid and there is a payment.</summary>
    public static bool IsPaid(this OrderState state) => state is OrderState.InvoicedPaid or OrderState.ShippedPaid or OrderState.DeliveredPaid;

    /// <summary>There is a shipment.</summary>
    public static bool IsShipped(this OrderState state) => state >= OrderState.ShippedUnpaid;

    /// <summary>The shipment has arrived.</summary>
    public static bool IsDelivered(this OrderState state) => state >= OrderState.DeliveredUnpaid;

    /// <summary>Whether the order is one of the last weeks, in which only quick ways of payment have arrived.</summary>
    public static bool IsRecent(this OrderState state) => state is >= OrderState.InvoicedUnpaid and <= OrderState.ShippedPaid;

    /// <summary>The word in <c>orders.status</c>.</summary>
    public static ReadOnlySpan<byte> Status(this OrderState state) => state switch
    {
        OrderState.Placed => "placed"u8,
        OrderState.Cancelled or OrderState.CancelledInvoiced => "cancelled"u8,
        OrderState.InvoicedUnpaid or OrderState.InvoicedPaid => "invoiced"u8,
        OrderState.ShippedUnpaid or OrderState.ShippedPaid => "shipped"u8,
        _ => "delivered"u8,
    };

    /// <summary>The word in <c>invoices.status</c>.</summary>
    public static ReadOnlySpan<byte> InvoiceStatus(this OrderState state) =>
        state.IsPaid() ? "paid"u8 : state == OrderState.CancelledInvoiced ? "void"u8 : "unpaid"u8;
}
