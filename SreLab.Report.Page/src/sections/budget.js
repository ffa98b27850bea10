import { h, missing } from '../dom.js';
import { count, plain, share } from '../format.js';
import { table } from '../table.js';

/** What the benchmark used of its error budgets, and what faults take from those of a whole period. */
export const budgetSection = ({ periodDays, levels, faults }) => [
  ...levels.map(level => (level.spent === undefined ? missing(`budget of ${level.level}: ${level.missing}`) : budget(level))),
  faults.length === 0
    ? missing('what faults cost: no history can be read')
    : table(`Share that a fault takes of the availability budget of ${periodDays} days, at the ledger\u2019s rate`,
      ['fault', 'share of the period>', 'bad writes>', 'of>', 'slow>', 'highest burn rate>'],
      faults.map(f => [f.fault, share(f.shareOfPeriod), count(f.bad), count(f.operations), count(f.slow), plain(f.peakBurnRate)])),
];

function budget({ level, objective, operations, allowed, bad, spent }) {
  const words = `${share(spent)} of the error budget spent`;
  const fill = h('i');
  fill.style.width = `${Math.min(100, Math.max(0, spent * 100))}%`;
  return h('div', {},
    h('p', {}, h('strong', {}, `${level}, ${objective}: `), `${words}, ${count(bad)} of ${count(allowed)} allowed in ${count(operations)} operations`),
    h('div', { class: spent >= 1 ? 'budget over' : 'budget', role: 'img', 'aria-label': words }, fill));
}
