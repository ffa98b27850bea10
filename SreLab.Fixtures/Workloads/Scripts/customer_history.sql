-- A customer looks at the latest orders, with their invoices and items. Some customers come much more often than others.
\set customer 1 + permute(random_exponential(1, :customers, 4.0) - 1, :customers)

select email, first_name, last_name, segment from shop.customers where id = :customer;

select o.id, o.status, o.total_cents, o.placed_at, i.number, i.status as invoice_status, i.due_at, i.paid_at
from shop.orders o
left join shop.invoices i on i.order_id = o.id
where o.customer_id = :customer
order by o.placed_at desc
limit 10;

select o.id, l.line, p.name, l.quantity, l.unit_price_cents
from (select id, placed_at from shop.orders where customer_id = :customer order by placed_at desc limit 10) o
join shop.order_items l on l.order_id = o.id
join shop.products p on p.id = l.product_id
order by o.placed_at desc, l.line;
