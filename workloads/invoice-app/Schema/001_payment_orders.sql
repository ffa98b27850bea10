-- A run is one request to pay; it exists also when it had nothing to pay.
create table invoicing.payment_runs (
    id uuid primary key,
    correlation_id text not null,
    requested_at timestamptz not null default now()
);

-- One order for each invoice, for ever: the key under which the provider knows the payment is made once.
create table invoicing.payment_orders (
    invoice_id bigint primary key,
    run_id uuid not null references invoicing.payment_runs (id),
    idempotency_key uuid not null default gen_random_uuid(),
    amount_cents bigint not null check (amount_cents > 0),
    correlation_id text not null,
    state text not null default 'pending' check (state in ('pending', 'paid', 'rejected', 'superseded', 'conflict')),
    attempts integer not null default 0,
    -- Due from then on: the end of a claimer's lease, or of the pause after a failed attempt.
    available_at timestamptz not null default now(),
    claim_id uuid,
    provider_reference text,
    settled_at timestamptz,
    check ((state = 'pending') = (settled_at is null)),
    check (state <> 'paid' or provider_reference is not null)
);

create unique index payment_orders_key on invoicing.payment_orders (idempotency_key);
create index payment_orders_due on invoicing.payment_orders (available_at) where state = 'pending';
create index payment_orders_run on invoicing.payment_orders (run_id, state) include (amount_cents);
