import { part } from '../dom.js';
import { count, plain } from '../format.js';
import { table } from '../table.js';

/** The passes as a table; their course is among the charts over time. */
export const benchSection = bench => part(bench, passes =>
  table('Passes of the benchmark: latency in milliseconds', ['pass', 'clients>', 'seconds>', 'TPS>', 'average>', 'p50>', 'p95>', 'p99>', 'p99.9>', 'worst>', 'transactions>', 'errors>'],
    passes.map(({ name, rate, clients, seconds, tps, latency: l, transactions, errors }) => [
      rate === undefined ? name : `${name}, ${count(rate)}/s scheduled`, count(clients), plain(seconds), count(tps),
      ...[l.average, l.p50, l.p95, l.p99, l.p999, l.max].map(plain), count(transactions), count(errors),
    ])));
