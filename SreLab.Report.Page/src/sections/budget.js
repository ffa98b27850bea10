import { chip, h, missing } from '../dom.js';
import { share } from '../format.js';

/** How much of each error budget the run spent. */
export function budgetSection(promises) {
  const budgets = promises.filter(p => p.budgetSpent !== undefined);
  if (budgets.length === 0) return missing('no promise with an error budget could be judged');
  return budgets.map(p => {
    const fill = h('i');
    fill.style.width = `${Math.min(100, Math.max(0, p.budgetSpent * 100))}%`;
    return h('div', {},
      h('p', {}, chip(p.verdict), ' ', p.text, ': ', h('strong', {}, `${share(p.budgetSpent)} spent`), p.measured && ` (${p.measured}, objective ${p.objective})`),
      h('div', { class: p.budgetSpent > 1 ? 'budget over' : 'budget', role: 'img', 'aria-label': `${share(p.budgetSpent)} of the error budget spent` }, fill));
  });
}
