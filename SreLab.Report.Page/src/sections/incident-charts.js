import { axis, figure } from '../charts/base.js';
import { rowsOf, spanColumns, spanOption, spanRows } from '../charts/spans.js';
import { count, plain } from '../format.js';
import { colour } from '../theme.js';

const text = seconds => `${seconds > 0 ? '+' : ''}${seconds.toFixed(2)} s`;
const axisFrom = (from, to) => axis('value', { min: from, max: to, axisLabel: { formatter: seconds => `${plain(seconds)} s`, showMinLabel: false, showMaxLabel: false } });

/** Writes by outcome and their worst latency around the outage, which is shaded. */
export function writesFigure(fault) {
  const since = at => (at - fault.injected) / 1000;
  const { binMs } = fault.writes;
  const bins = fault.writes.bins.map(([at, acknowledged, others, slowest]) => ({ from: since(at), middle: since(at + binMs / 2), acknowledged, others, slowest }));
  const rates = bins.map(b => b.acknowledged).filter(n => n > 0).sort((a, b) => a - b);

  // The burst of queued writes after an outage is many times the steady rate: it is cut off here and told in the table.
  const ceiling = Math.max(1, 3 * (rates[rates.length >> 1] ?? 1));
  const peak = Math.max(...bins.map(b => b.acknowledged + b.others));
  const shaded = fault.outageFrom === undefined ? undefined : {
    silent: true,
    label: { color: colour('ink'), position: 'insideTop' },
    itemStyle: { color: colour('window-fault') },
    data: [[{ name: fault.outage, xAxis: since(fault.outageFrom) }, { xAxis: since(fault.outageTo) }]],
  };
  return figure({
    id: 'incident-writes', level: 'h4', title: `Writes per ${binMs} ms, and the slowest of them`,
    note: `Seconds since the fault was injected. Shaded: the outage.${peak > ceiling ? ` The burst of ${count(peak)} writes is cut off.` : ''}`, height: 260,
    label: `Writes of clients around ${fault.name}; the outage was ${fault.outage}.`,
    legend: [['series-1', 'acknowledged'], ['series-2', 'refused or indeterminate'], ['series-4', 'slowest, milliseconds (right, logarithmic)', 'thin']],
    option: () => ({
      xAxis: axisFrom(bins[0].from, bins.at(-1).from + binMs / 1000),
      yAxis: [axis('value', { min: 0, max: Math.min(peak, ceiling), minInterval: 1 }), { ...axis('log', { min: 1 }), splitLine: { show: false } }],
      series: [
        { type: 'bar', name: 'acknowledged', stack: 'writes', color: colour('series-1'), barCategoryGap: '8%', data: bins.map(b => [b.middle, b.acknowledged]), markArea: shaded },
        { type: 'bar', name: 'refused or indeterminate', stack: 'writes', color: colour('series-2'), data: bins.map(b => [b.middle, b.others]) },
        { type: 'line', name: 'slowest, ms', yAxisIndex: 1, showSymbol: false, lineStyle: { width: 1.2 }, color: colour('series-4'), data: bins.map(b => [b.middle, b.slowest === null ? null : Math.max(1, b.slowest)]) },
      ],
    }),
    columns: ['since the fault', 'acknowledged>', 'others>', 'slowest, ms>'],
    rows: () => bins.map(b => [text(b.from), String(b.acknowledged), String(b.others), b.slowest === null ? '' : plain(b.slowest)]),
  });
}

/** Which member took writes when, as the two-primaries probe found by trying on each of them. */
export function acceptedFigure(fault) {
  const spans = fault.accepted.map(s => ({ ...s, from: (s.from - fault.injected) / 1000, to: (s.to - fault.injected) / 1000 }));
  const rows = rowsOf(spans);
  return figure({
    id: 'incident-accepted', level: 'h4', title: 'Who accepted writes', note: 'Tried on every member directly, all the time. Two thick bars at one moment would be two primaries.', height: 60 + rows.length * 32,
    label: `Members that accepted writes around ${fault.name}. The table below lists every change.`,
    legend: [['series-1', 'accepts writes'], ['quiet-tone', 'standby', 'thin'], ['broken', 'not answering', 'thin']],
    option: () => ({
      ...spanOption({ rows, spans, time: text, unit: 1, states: { 'accepts writes': ['series-1', 0.66], standby: ['quiet-tone', 0.2], 'not answering': ['broken', 0.08] } }),
      xAxis: axisFrom(Math.min(...spans.map(s => s.from)), Math.max(...spans.map(s => s.to))),
    }),
    columns: spanColumns,
    rows: () => spanRows(spans, text, 1),
  });
}
