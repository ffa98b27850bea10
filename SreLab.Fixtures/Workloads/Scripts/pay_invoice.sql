-- A payment arrives for some unpaid invoice. Each client starts to look at a random place and steps over what another one
-- holds, so that nobody waits; past the last invoice it looks again from the other side. With nothing to pay, nothing is written.
\set place random(1, :invoices)
\set method random(1, 4)

begin;

with picked as materialized (
    select id, amount_cents from shop.invoices
    where status = 'unpaid' and id >= :place and amount_cents > 0
    order by id limit 1 for update skip locked
)
select coalesce(max(id), 0) as invoice, coalesce(max(amount_cents), 0) as amount from picked \gset

\if :invoice = 0
with picked as materialized (
    select id, amount_cents from shop.invoices
    where status = 'unpaid' and id < :place and amount_cents > 0
    order by id desc limit 1 for update skip locked
)
select coalesce(max(id), 0) as invoice, coalesce(max(amount_cents), 0) as amount from picked \gset
\endif

\if :invoice > 0
-- An invoice is paid once, so its id makes a reference that never comes twice; the seed's references begin otherwise.
insert into shop.payments (invoice_id, method, amount_cents, provider_reference, received_at)
values (:invoice, (array['card', 'transfer', 'direct_debit', 'wallet'])[:method::int], :amount, 'web-' || :invoice::bigint, now());

update shop.invoices set status = 'paid', paid_at = now() where id = :invoice;
\endif

commit;
