import { axis, figure } from '../charts/base.js';
import { rowsOf, spanColumns, spanOption, spanRows } from '../charts/spans.js';
import { plain } from '../format.js';
import { colour } from '../theme.js';

const since = (fault, at) => (at - fault.injected) / 1000;
const sinceText = fault => at => `${at > fault.injected ? '+' : ''}${since(fault, at).toFixed(2)} s`;

const timeAxis = (fault, from, to) => axis('value', { min: from, max: to, axisLabel: { formatter: at => `${plain(since(fault, at))} s` }, splitNumber: 6 });

/** Writes by outcome and their worst latency around the outage, which is shaded. */
export function writesFigure(fault) {
  const { bins, binMs } = fault.writes;
  const acknowledged = bins.map(b => b[1]).filter(n => n > 0).sort((a, b) => a - b);

  // The burst of queued writes after an outage is many times the steady rate: it is cut off here and told in the table.
  const steady = acknowledged[acknowledged.length >> 1] ?? 1;
  const shaded = fault.outageFrom === undefined ? undefined : {
    silent: true,
    label: { color: colour('ink'), position: 'insideTop' },
    itemStyle: { color: colour('window-fault') },
    data: [[{ name: fault.outage, xAxis: fault.outageFrom }, { xAxis: fault.outageTo }]],
  };
  return figure({
    id: 'incident-writes', level: 'h4', title: `Writes per ${binMs} ms, and the slowest of them`,
    note: `Seconds since the fault was injected. Shaded: the outage. Beyond ${plain(3 * steady)} writes the bars are cut off.`, height: 260,
    label: `Writes of clients around ${fault.name}; the outage was ${fault.outage}.`,
    legend: [['series-1', 'acknowledged'], ['series-2', 'refused or indeterminate'], ['series-4', 'slowest, milliseconds (right, logarithmic)', 'thin']],
    option: () => ({
      xAxis: timeAxis(fault, bins[0][0], bins.at(-1)[0] + binMs),
      yAxis: [axis('value', { min: 0, max: Math.max(1, 3 * steady) }), { ...axis('log', { min: 1 }), splitLine: { show: false } }],
      series: [
        { type: 'bar', name: 'acknowledged', stack: 'writes', color: colour('series-1'), barCategoryGap: '8%', data: bins.map(b => [b[0] + binMs / 2, b[1]]), markArea: shaded },
        { type: 'bar', name: 'refused or indeterminate', stack: 'writes', color: colour('series-2'), data: bins.map(b => [b[0] + binMs / 2, b[2]]) },
        { type: 'line', name: 'slowest, ms', yAxisIndex: 1, showSymbol: false, lineStyle: { width: 1.2 }, color: colour('series-4'), data: bins.map(b => [b[0] + binMs / 2, b[3] === null ? null : Math.max(1, b[3])]) },
      ],
      tooltip: { axisPointer: { label: { formatter: p => sinceText(fault)(p.value) } } },
    }),
    columns: ['since the fault', 'acknowledged>', 'others>', 'slowest, ms>'],
    rows: () => bins.map(b => [sinceText(fault)(b[0]), String(b[1]), String(b[2]), b[3] === null ? '' : plain(b[3])]),
  });
}

/** Which member took writes when, as the two-primaries probe found by trying on each of them. */
export function acceptedFigure(fault) {
  const rows = rowsOf(fault.accepted);
  const ends = fault.accepted.flatMap(s => [s.from, s.to]);
  const text = sinceText(fault);
  return figure({
    id: 'incident-accepted', level: 'h4', title: 'Who accepted writes', note: 'Tried on every member directly, all the time. Two thick bars at one moment would be two primaries.', height: 60 + rows.length * 32,
    label: `Members that accepted writes around ${fault.name}. The table below lists every change.`,
    legend: [['series-1', 'accepts writes'], ['quiet-tone', 'standby', 'thin'], ['broken', 'not answering', 'thin']],
    option: () => ({
      ...spanOption({ rows, spans: fault.accepted, time: text, states: { 'accepts writes': ['series-1', 0.66], standby: ['quiet-tone', 0.2], 'not answering': ['broken', 0.08] } }),
      xAxis: timeAxis(fault, Math.min(...ends), Math.max(...ends)),
    }),
    columns: spanColumns,
    rows: () => spanRows(fault.accepted, text),
  });
}
