-- A wholesaler that sells to private customers and small companies. Money is in cents, weights in grams.
-- Keys, foreign keys and indexes follow after the load: keys.sql.
create schema shop;

create table shop.categories (
    id integer not null,
    parent_id integer,
    name text not null,
    slug text not null
);

create table shop.suppliers (
    id integer not null,
    name text not null,
    contact_email text not null,
    country char(2) not null,
    lead_time_days smallint not null check (lead_time_days between 1 and 120),
    created_at timestamptz not null
);

create table shop.warehouses (
    id integer not null,
    code text not null,
    city text not null,
    country char(2) not null
);

create table shop.products (
    id integer not null,
    category_id integer not null,
    supplier_id integer not null,
    sku text not null,
    name text not null,
    description text not null,
    price_cents integer not null check (price_cents > 0),
    weight_grams integer not null check (weight_grams > 0),
    active boolean not null,
    created_at timestamptz not null
);

create table shop.inventory (
    warehouse_id integer not null,
    product_id integer not null,
    quantity integer not null check (quantity >= 0),
    reorder_level integer not null check (reorder_level >= 0),
    updated_at timestamptz not null
);

create table shop.customers (
    id bigint not null,
    email text not null,
    first_name text not null,
    last_name text not null,
    phone text not null,
    segment text not null check (segment in ('private', 'company')),
    created_at timestamptz not null
);

create table shop.addresses (
    id bigint not null,
    customer_id bigint not null,
    kind text not null check (kind in ('billing', 'shipping')),
    street text not null,
    city text not null,
    postal_code text not null,
    country char(2) not null
);

create table shop.orders (
    id bigint not null,
    customer_id bigint not null,
    shipping_address_id bigint not null,
    status text not null check (status in ('placed', 'invoiced', 'shipped', 'delivered', 'cancelled')),
    total_cents bigint not null check (total_cents >= 0),
    placed_at timestamptz not null
);

create table shop.order_items (
    order_id bigint not null,
    line smallint not null check (line > 0),
    product_id integer not null,
    quantity smallint not null check (quantity > 0),
    unit_price_cents integer not null check (unit_price_cents > 0)
);

create table shop.invoices (
    id bigint not null,
    order_id bigint not null,
    customer_id bigint not null,
    number text not null,
    amount_cents bigint not null check (amount_cents >= 0),
    status text not null check (status in ('unpaid', 'paid', 'void')),
    issued_at timestamptz not null,
    due_at timestamptz not null,
    paid_at timestamptz,
    check ((status = 'paid') = (paid_at is not null)),
    check (due_at >= issued_at)
);

create table shop.payments (
    id bigint not null,
    invoice_id bigint not null,
    method text not null check (method in ('card', 'transfer', 'direct_debit', 'wallet')),
    amount_cents bigint not null check (amount_cents > 0),
    provider_reference text not null,
    received_at timestamptz not null
);

create table shop.shipments (
    id bigint not null,
    order_id bigint not null,
    warehouse_id integer not null,
    carrier text not null,
    tracking_number text not null,
    shipped_at timestamptz not null,
    delivered_at timestamptz,
    check (delivered_at is null or delivered_at >= shipped_at)
);
