-- A visitor opens a product, looks at the page of its category, and asks where it is in stock.
-- Few products get most of the visits; permute() scatters them over the table, so that "popular" is not "on the same page".
\set product 1 + permute(random_zipfian(1, :products, 1.1) - 1, :products)

select p.category_id, p.name, p.description, p.price_cents, c.name as category, s.lead_time_days
from shop.products p
join shop.categories c on c.id = p.category_id
join shop.suppliers s on s.id = p.supplier_id
where p.id = :product \gset detail_

select id, name, price_cents from shop.products where category_id = :detail_category_id and active order by id limit 24;

select w.city, i.quantity from shop.inventory i join shop.warehouses w on w.id = i.warehouse_id where i.product_id = :product;
