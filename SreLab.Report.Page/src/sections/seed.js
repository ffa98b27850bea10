import { axis, figure } from '../charts/base.js';
import { h, missing, part, tiles } from '../dom.js';
import { bytes, count, plain, seconds } from '../format.js';
import { colour } from '../theme.js';

/** Throughput of the seed, its phases and its tables. */
export const seedSection = seed => part(seed, s => [
  tiles([
    ['rows', count(s.rows)],
    ['rows a second', s.seconds > 0 ? count(s.rowsAsked / s.seconds) : 'unknown'],
    ['until replayed everywhere', seconds(s.seconds)],
    ['database with indexes', bytes(s.databaseBytes)],
    ['bytes a second', s.seconds > 0 ? `${bytes(s.databaseBytes / s.seconds)}/s` : 'unknown'],
    ['peak memory', bytes(s.peakResidentBytes)],
  ]),
  h('p', { class: 'note' }, `${s.wasSeeded ? 'Filled by an earlier run; the figures are that run\u2019s. ' : ''}A second seed took ${seconds(s.secondSeconds)} and ${s.secondSaidUnchanged ? 'changed nothing' : 'did not say that nothing changed'}.`),
  h('div', { class: 'pair' },
    s.phases.length === 0 ? missing('phases of the seed: none was recorded') : bars('seed-phases', 'Phases, seconds', 'phase', s.phases.map(p => [p.name, p.seconds]), seconds),
    s.tables.length === 0 ? missing('tables of the seed: none was recorded') : bars('seed-tables', 'Rows by table', 'table', s.tables.map(t => [t.name, t.rows]), count)),
]);

function bars(id, title, what, pairs, text) {
  return figure({
    id, title, height: 50 + pairs.length * 26,
    label: `${title}: ${pairs.map(([name, value]) => `${name} ${text(value)}`).join(', ')}.`,
    option: () => ({
      tooltip: { axisPointer: { type: 'shadow' }, valueFormatter: text },
      grid: { right: 64 },
      xAxis: axis('value', { min: 0, axisLabel: { formatter: plain } }),
      yAxis: { ...axis('category', { data: pairs.map(p => p[0]), inverse: true }), axisLine: { show: false } },
      series: [{
        type: 'bar', name: title, barWidth: '60%', color: colour('series-1'), data: pairs.map(p => p[1]),
        label: { show: true, position: 'right', color: colour('soft'), formatter: p => text(p.value) },
      }],
    }),
    columns: [what, `${title}>`],
    rows: () => pairs.map(([name, value]) => [name, text(value)]),
  });
}
