import { rowsOf, spanColumns, spanOption, spanRows } from '../charts/spans.js';
import { chip, h, missing, part } from '../dom.js';
import { clock, count, seconds } from '../format.js';
import { table } from '../table.js';

/** Chains, quiet periods, and alerts that could not be caused. */
export function alertsSection({ alerts }) {
  return part(alerts, ({ terms, rules, chains, quiet, uncaused }) => [
    h('p', { class: 'note' }, `Promised: scrape ${terms.scrapeSeconds} s + evaluation ${terms.evaluationSeconds} s + the rule\u2019s own wait + group wait ${terms.groupWaitSeconds} s + 0.5 s. ${count(rules)} rules are shipped.`),
    chains.length === 0
      ? missing('no alert was caused in this run')
      : table('Alert chains: seconds since the condition', ['alert', 'verdict', 'cause', 'pending>', 'firing>', 'delivered>', 'promised>', 'condition gone>', 'resolved>'],
        chains.map(c => [
          c.alert, chip(c.verdict), [c.cause, c.problem && h('p', { class: 'note' }, c.problem)],
          seen(c.pending), seen(c.firing), seen(c.delivered), seconds(c.promisedSeconds), seen(c.conditionGone), seen(c.resolved),
        ])),
    quiet.length === 0
      ? missing('no quiet period was watched in this run')
      : table('Quiet periods: nothing may fire', ['period', 'length>', 'operations>', 'rules evaluated>', 'fired'], quiet.map(q => [
        `${q.kind}, ${clock(q.from)}`, seconds((q.to - q.from) / 1000), count(q.operations), `${count(q.healthyRules)} of ${count(rules)}`,
        [...q.fired, ...q.delivered].join('; ') || 'nothing',
      ])),
    uncaused.length > 0 && table('Alerts that could not be caused here', ['alert', 'reason'], uncaused.map(u => [u.alert, u.reason])),
  ]);
}

const seen = value => (value === undefined ? 'not seen' : value.toFixed(2));

/** Pending and firing as bars, deliveries as marks. */
export function alertTimeline({ monitored, notifications }, time) {
  // Firing is drawn over pending.
  const spans = [...monitored.data.alerts].sort((a, b) => (a.state === 'firing') - (b.state === 'firing'));
  const delivered = notifications.data ?? [];
  const rows = rowsOf([...spans].sort((a, b) => a.from - b.from), delivered);
  if (rows.length === 0) return h('p', { class: 'note', id: 'no-alerts' }, 'Alert timelines: no alert was pending or firing while Prometheus recorded this run.');
  const marks = delivered.map(n => ({ row: n.row, at: n.at, state: `${n.status} delivered${n.summary ? `: ${n.summary}` : ''}` }));
  return [
    time.figure({
      id: 'alert-times', title: 'Alert timelines', note: 'Thin: pending. Thick: firing. Diamond: a notification was delivered.', height: 60 + rows.length * 28,
      label: `Alerts over the run: ${rows.join(', ')}. The table below lists every stretch and delivery.`,
      legend: [['unknown', 'pending', 'thin'], ['broken', 'firing'], ['ink', 'delivered']],
      option: () => spanOption({ rows, spans, marks, states: { pending: ['unknown', 0.26], firing: ['broken', 0.66] }, shade: time.shade() }),
      columns: spanColumns,
      rows: () => [...spanRows(spans), ...marks.map(m => [m.row, m.state, clock(m.at), '', ''])],
    }),
    notifications.missing && missing(`notifications: ${notifications.missing}`),
  ];
}
