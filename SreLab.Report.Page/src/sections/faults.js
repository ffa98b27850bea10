import { axis, figure } from '../charts/base.js';
import { h, missing, part } from '../dom.js';
import { median, seconds } from '../format.js';
import { table } from '../table.js';
import { colour } from '../theme.js';

const phaseNames = ['detect and elect', 'promote', 'reroute'];

/** Outages by kind and phase, a button for each fault, and the incident of the one that was chosen. */
export function faultsSection({ faults }, incident) {
  return part(faults, list => {
    // A full run has dozens of faults: the chart has the worst of each kind, the table how the others were.
    const measured = list.filter(f => f.outageSeconds !== undefined).sort((a, b) => b.isCensored - a.isCensored || b.outageSeconds - a.outageSeconds);
    const worst = measured.filter((f, i) => measured.findIndex(other => other.kind === f.kind) === i);
    return [
      worst.length > 0 ? outages(worst, incident) : missing('outages: no fault could be measured'),
      kinds([...worst, ...list]),
      h('h3', { id: 'choose-fault' }, 'Incidents'),
      h('ul', { class: 'faults', 'aria-labelledby': 'choose-fault' }, list.map(f => h('li', {}, incident.button(f)))),
      incident.element,
    ];
  });
}

// In the order of the first of each kind.
function kinds(faults) {
  const list = [...new Set(faults)];
  const names = [...new Set(list.map(f => f.kind))];
  return table('Outage by kind of fault', ['kind', 'repeats>', 'shortest>', 'median>', 'longest>'], names.map(kind => {
    const all = list.filter(f => f.kind === kind);
    const known = all.filter(f => f.outageSeconds !== undefined && !f.isCensored).map(f => f.outageSeconds);
    const open = all.filter(f => f.isCensored);
    const longest = open.length > 0 ? `\u2265 ${seconds(Math.max(...open.map(f => f.outageSeconds)))}` : seconds(known.length ? Math.max(...known) : undefined);
    return [kind, String(all.length), seconds(known.length ? Math.min(...known) : undefined), open.length > 0 ? 'unknown' : seconds(median(known) ?? undefined), longest];
  }));
}

function outages(list, incident) {
  return figure({
    id: 'outages', title: 'Worst outage of each kind, seconds',
    note: 'Diamond: the longest time without an acknowledged write, from the clients\u2019 own record. Bars: where the time went, as asked from outside and therefore a little late.',
    height: 70 + list.length * 30,
    label: `Outages: ${list.map(f => `${f.name} ${f.outage}`).join(', ')}.`,
    legend: [...phaseNames.map((name, i) => [`phase-${i + 1}`, name]), ['ink', 'outage']],
    onclick: event => incident.show(list[event.dataIndex]?.id),
    option: () => ({
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: v => (v === undefined || v === null ? 'unknown' : seconds(v)) },
      xAxis: axis('value', { min: 0 }),
      yAxis: { ...axis('category', { data: list.map(f => f.name), inverse: true }), axisLine: { show: false } },
      series: [
        ...phaseNames.map((name, i) => ({
          type: 'bar', name, stack: 'phases', barWidth: '52%', color: colour(`phase-${i + 1}`),
          data: list.map(f => f.phases.find(p => p.name === name)?.seconds ?? null),
        })),
        { type: 'scatter', name: 'outage', symbol: 'diamond', symbolSize: 11, color: colour('ink'), data: list.map(f => f.outageSeconds) },
      ],
    }),
    columns: ['fault', 'outage>', ...phaseNames.map(n => `${n}>`)],
    rows: () => list.map(f => [f.name, f.outage, ...phaseNames.map(n => seconds(f.phases.find(p => p.name === n)?.seconds))]),
  });
}
