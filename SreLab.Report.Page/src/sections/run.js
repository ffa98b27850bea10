import { axis } from '../charts/base.js';
import { rowsOf, spanColumns, spanOption, spanRows } from '../charts/spans.js';
import { h, missing } from '../dom.js';
import { clock, plain } from '../format.js';
import { colour } from '../theme.js';
import { alertTimeline } from './alerts.js';

const tones = ['series-1', 'series-2', 'series-3', 'series-4'];

/** Throughput, latency, roles, lag and alerts on one time. */
export function runSection(report, time) {
  if (!time.range) return missing('no stage of this run left a time');
  const { data: monitored, missing: why } = report.monitored;
  return [
    ranges(report.windows, time),
    h('ul', { class: 'legend', 'aria-label': 'Shaded' }, [['window-pass', 'benchmark pass'], ['window-fault', 'fault, injected to healed'], ['window-quiet', 'quiet period']]
      .filter(([token]) => report.windows.some(w => token === `window-${w.kind}`))
      .map(([token, text]) => {
        const swatch = h('i');
        swatch.style.background = `var(--${token})`;
        return h('li', {}, swatch, text);
      })),
    lines(time, {
      id: 'throughput', title: 'Benchmark, transactions per second',
      note: 'As pgbench\u2019s clients logged them; the servers\u2019 own count where Prometheus recorded it.',
      series: throughput(report),
      why: 'neither the benchmark nor Prometheus left a series',
    }),
    lines(time, {
      id: 'ledger', title: 'Ledger, acknowledged writes per second', height: 180,
      note: 'Unique ids written on a schedule while faults are injected; what was late is sent in a burst afterwards.',
      series: [{ name: 'ledger writes', points: joined(report.faults.data ?? [], 1) }].filter(l => l.points.length > 0),
      why: 'no fault left a history',
    }),
    lines(time, {
      id: 'latency', title: 'Latency, milliseconds', log: true,
      note: 'Percentiles of the benchmark second by second; worst ledger write of a second. The axis is logarithmic.',
      series: latency(report),
      why: 'neither the benchmark nor a fault left a series',
    }),
    monitored ? roles(time, monitored) : missing(`member roles, replication lag and alert timelines: ${why}`),
    monitored && lines(time, { id: 'lag', title: 'Replication lag, seconds', series: monitored.lag, height: 180, why: 'Prometheus recorded no replication lag in this run' }),
    monitored && alertTimeline(report, time),
    monitored && lines(time, { id: 'cpu', title: 'Processors busy, percent', series: monitored.cpu.map(percent), height: 160, why: 'Prometheus recorded no use of the processors in this run' }),
  ];
}

const percent = line => ({ ...line, points: line.points.map(([at, v]) => [at, v === null ? null : v * 100]) });

function ranges(windows, time) {
  const parts = [['whole run', windows], ['benchmark', windows.filter(w => w.kind === 'pass')], ['faults', windows.filter(w => w.kind === 'fault')], ['quiet periods', windows.filter(w => w.kind === 'quiet')]];
  const all = parts.filter(([, list]) => list.length > 0).map(([name, list], i) => h('button', {
    type: 'button', 'aria-pressed': String(i === 0), 'data-range': name,
    onclick: event => {
      all.forEach(b => b.setAttribute('aria-pressed', String(b === event.currentTarget)));
      const ends = list.flatMap(w => [w.from, w.to]);
      time.show(i === 0 ? time.whole : [Math.min(...ends) - 5000, Math.max(...ends) + 5000]);
    },
  }, name));
  return h('div', { class: 'filters', role: 'group', 'aria-label': 'Time shown in the charts' }, all);
}

function throughput({ bench, monitored }) {
  return [
    ...(bench.data ?? []).map(p => ({ name: `benchmark, ${p.name}`, points: p.points.map(([s, tps]) => [p.from + s * 1000, tps]) })),
    ...(monitored.data?.transactions ?? []).map(l => ({ ...l, name: `servers of ${l.name}, mean of 30 s`, faint: true })),
  ].filter(l => l.points.length > 0);
}

function latency({ bench, faults }) {
  const points = column => (bench.data ?? []).flatMap(p => [...p.points.map(row => [p.from + row[0] * 1000, row[column]]), [p.from + p.seconds * 1000, null]]);
  return [
    { name: 'benchmark p50', points: points(2) },
    { name: 'benchmark p95', points: points(3) },
    { name: 'benchmark p99', points: points(4) },
    { name: 'ledger, worst', points: joined(faults.data ?? [], 2) },
  ].filter(l => l.points.some(p => p[1] !== null && p[1] !== undefined));
}

// One line over all experiments, broken between them.
const joined = (faults, column) => faults.flatMap(f => {
  const rate = f.writes?.rate ?? [];
  return rate.length === 0 ? [] : [...rate.map(r => [r[0], r[column]]), [rate.at(-1)[0] + 1000, null]];
});

function lines(time, { id, title, note, series, why, log, height = 240 }) {
  if (series.length === 0) return missing(`${title.toLowerCase()}: ${why}`);
  return time.figure({
    id, title, note, height,
    label: `${title} over the run, ${series.map(s => `${s.name} up to ${plain(Math.max(...s.points.map(p => p[1] ?? 0)))}`).join('; ')}. The numbers are in the table below it.`,
    legend: series.map((s, i) => [s.faint ? 'quiet-tone' : tones[i % tones.length], s.name, 'thin']),
    option: () => ({
      yAxis: axis(log ? 'log' : 'value', log ? { min: 1 } : { min: 0 }),
      series: series.map((s, i) => ({
        type: 'line', name: s.name, showSymbol: false, sampling: 'max', connectNulls: false,
        lineStyle: { width: s.faint ? 1 : 1.6 },
        color: colour(s.faint ? 'quiet-tone' : tones[i % tones.length]),
        data: log ? s.points.map(([at, v]) => [at, v === null || v === undefined ? null : Math.max(1, v)]) : s.points,
        tooltip: { valueFormatter: v => (v === null || v === undefined ? '' : plain(v)) },
        markArea: i === 0 ? time.shade() : undefined,
      })),
    }),
    columns: ['time', 'series', 'value>'],
    rows: () => series.flatMap(s => s.points.filter(p => p[1] !== null && p[1] !== undefined).map(p => [clock(p[0]), s.name, plain(p[1])])),
  });
}

function roles(time, { roles: spans }) {
  if (spans.length === 0) return missing('member roles: Prometheus recorded none in this run');
  const rows = rowsOf(spans);
  return time.figure({
    id: 'roles', title: 'Member roles', note: 'Thick: primary. Thin: standby. Nothing: its PostgreSQL did not answer.', height: 60 + rows.length * 34,
    label: `Roles of ${rows.join(', ')} over the run. The table below lists every change.`,
    legend: [['series-1', 'primary'], ['quiet-tone', 'standby', 'thin']],
    option: () => spanOption({ rows, spans, states: { primary: ['series-1', 0.66], standby: ['quiet-tone', 0.2] }, shade: time.shade() }),
    columns: spanColumns,
    rows: () => spanRows(spans),
  });
}
