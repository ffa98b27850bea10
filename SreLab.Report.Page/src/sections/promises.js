import { chip, h, missing } from '../dom.js';
import { share } from '../format.js';

const badness = { broken: 0, unknown: 1, holds: 2 };

/** Every promise, worst first, with its details to open; filtered by verdict and by words. */
export function promisesSection(promises) {
  if (promises.length === 0) return missing('no promise was judged');

  const rows = [...promises]
    .sort((a, b) => (badness[a.verdict] ?? 1) - (badness[b.verdict] ?? 1))
    .map(p => ({ promise: p, element: row(p), words: `${p.id} ${p.stage} ${p.text} ${p.summary}`.toLowerCase() }));
  const state = { verdict: null, words: '' };
  const heard = h('p', { class: 'heard', role: 'status' });

  const apply = () => {
    const shown = rows.filter(r => {
      const fits = (!state.verdict || r.promise.verdict === state.verdict) && r.words.includes(state.words);
      r.element.hidden = !fits;
      return fits;
    });
    heard.textContent = `${shown.length} of ${rows.length} promises shown`;
  };

  return [
    h('div', { class: 'filters', role: 'group', 'aria-label': 'Filter the promises' },
      buttons(promises, verdict => {
        state.verdict = verdict;
        apply();
      }),
      h('input', {
        type: 'search', placeholder: 'Filter by words', 'aria-label': 'Filter the promises by words',
        oninput: event => {
          state.words = event.target.value.trim().toLowerCase();
          apply();
        },
      })),
    heard,
    h('ul', { class: 'promises' }, rows.map(r => r.element)),
  ];
}

function buttons(promises, choose) {
  const kinds = [null, 'broken', 'unknown', 'holds'];
  const all = kinds.map(kind => {
    const number = kind ? promises.filter(p => p.verdict === kind).length : promises.length;
    return h('button', {
      type: 'button', 'aria-pressed': String(kind === null), 'data-verdict': kind ?? 'all',
      onclick: event => {
        all.forEach(b => b.setAttribute('aria-pressed', String(b === event.currentTarget)));
        choose(kind);
      },
    }, `${kind ?? 'all'} ${number}`);
  });
  return all;
}

// With a real sign, and no line break within a limit.
const sign = text => text.replace(/([<>])= /g, (_, sign) => (sign === '<' ? '\u2264\u00a0' : '\u2265\u00a0'));
const limit = ({ objective }, measured) => sign(measured && objective ? `${measured} (objective ${objective})` : measured || objective);

function row(p) {
  const measured = p.measured && p.measured !== 'unknown' ? p.measured : p.verdict === 'holds' ? '' : p.summary;
  return h('li', { 'data-promise': p.id },
    h('details', {},
      h('summary', {},
        h('span', {}, chip(p.verdict)),
        h('span', {}, p.text),
        h('span', { class: 'measured' }, limit(p, measured))),
      h('div', { class: 'more' },
        h('p', {}, p.summary),
        p.details.length > 0 && h('ul', {}, p.details.map(d => h('li', {}, d))),
        h('p', { class: 'note' }, h('code', {}, p.id), ` \u00b7 stage ${p.stage}`, p.budgetSpent !== undefined && ` \u00b7 ${share(p.budgetSpent)} of its error budget spent`))));
}
