-- A customer orders one to five products: order, items, invoice, stock. The total is the sum of the items; the invoice has it too.
-- Products that are not sold any more fall out of the basket; when nothing is left, nothing is ordered.
\set customer 1 + permute(random_exponential(1, :customers, 4.0) - 1, :customers)
\set p1 1 + permute(random_zipfian(1, :products, 1.1) - 1, :products)
\set p2 1 + permute(random_zipfian(1, :products, 1.1) - 1, :products)
\set p3 1 + permute(random_zipfian(1, :products, 1.1) - 1, :products)
\set p4 1 + permute(random_zipfian(1, :products, 1.1) - 1, :products)
\set p5 1 + permute(random_zipfian(1, :products, 1.1) - 1, :products)
\set lines random(1, 5)
\set p2 case when :lines >= 2 then :p2 else :p1 end
\set p3 case when :lines >= 3 then :p3 else :p1 end
\set p4 case when :lines >= 4 then :p4 else :p1 end
\set p5 case when :lines >= 5 then :p5 else :p1 end
\set q random(0, 1000)

begin;

select case when a.id is null then 0 else coalesce(b.total, 0) end as total, coalesce(a.id, 0) as address
from (
    select sum(p.price_cents * (1 + (p.id + :q::int) % 3)) as total
    from shop.products p
    where p.id in (:p1, :p2, :p3, :p4, :p5) and p.active
) b
left join (
    select id from shop.addresses where customer_id = :customer order by kind desc, id limit 1
) a on true \gset

\if :total > 0
insert into shop.orders (customer_id, shipping_address_id, status, total_cents, placed_at)
values (:customer, :address, 'invoiced', :total, now())
returning id as order_id \gset

insert into shop.order_items (order_id, line, product_id, quantity, unit_price_cents)
select :order_id, row_number() over (order by p.id), p.id, 1 + (p.id + :q::int) % 3, p.price_cents
from shop.products p
where p.id in (:p1, :p2, :p3, :p4, :p5) and p.active;

-- Numbered after the order, whose id no other client, pass or run ever gets; the seed's numbers begin otherwise.
insert into shop.invoices (order_id, customer_id, number, amount_cents, status, issued_at, due_at)
values (:order_id, :customer, 'WEB-' || :order_id::bigint, :total, 'unpaid', now(), now() + interval '14 days');

-- Stock comes last, so that the rows of popular products stay locked for one round trip and the commit only; and in the
-- order of the key, so that two orders never wait for each other in a circle. Short stock is filled up by a delivery.
with chosen as materialized (
    select distinct on (i.product_id) i.product_id, i.warehouse_id
    from shop.inventory i
    join shop.products p on p.id = i.product_id
    where i.product_id in (:p1, :p2, :p3, :p4, :p5) and p.active
    order by i.product_id, (i.warehouse_id * 31 + :q::int) % 7
), locked as materialized (
    select i.product_id, i.warehouse_id, 1 + (i.product_id + :q::int) % 3 as wanted
    from chosen c
    join shop.inventory i on i.warehouse_id = c.warehouse_id and i.product_id = c.product_id
    order by i.product_id, i.warehouse_id
    for update of i
)
update shop.inventory i
set quantity = i.quantity - l.wanted + case when i.quantity < l.wanted then i.reorder_level + 500 else 0 end, updated_at = now()
from locked l
where i.warehouse_id = l.warehouse_id and i.product_id = l.product_id;
\endif

commit;
