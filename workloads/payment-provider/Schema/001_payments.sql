-- The ledger: what was accepted under which key. The key decides; nothing is ever changed.
create table provider.payments (
    idempotency_key text primary key,
    reference text not null unique,
    invoice_id bigint not null check (invoice_id > 0),
    amount_cents bigint not null check (amount_cents > 0),
    currency text not null check (currency = 'EUR'),
    correlation_id text not null,
    accepted_at timestamptz not null default now()
);

create index payments_invoice on provider.payments (invoice_id);
