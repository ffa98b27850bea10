import { chip, h, missing } from '../dom.js';
import { share } from '../format.js';

const badness = { broken: 0, unknown: 1, slow: 2, holds: 3 };

/**
 * Every promise with its details to open, filtered by verdict and by words. What does not hold comes first, each by itself;
 * what holds is gathered by what it is about: hundreds of rows would hide everything below them.
 */
export function promisesSection(promises) {
  if (promises.length === 0) return missing('no promise was judged');

  const rows = [...promises]
    .sort((a, b) => (badness[a.verdict] ?? 1) - (badness[b.verdict] ?? 1))
    .map(p => ({ promise: p, element: row(p), words: `${p.id} ${p.stage} ${p.group} ${p.text} ${p.summary}`.toLowerCase() }));
  const groups = [...Map.groupBy(rows.filter(r => r.promise.verdict === 'holds'), r => r.promise.group)]
    .map(([title, members]) => (members.length === 1 ? { element: members[0].element, members } : group(title, members)));
  const state = { verdict: null, words: '' };
  const heard = h('p', { class: 'heard', role: 'status' });

  const apply = () => {
    const shown = rows.filter(r => {
      const fits = (!state.verdict || r.promise.verdict === state.verdict) && r.words.includes(state.words);
      r.element.hidden = !fits;
      return fits;
    });
    const isAsked = state.verdict !== null || state.words !== '';
    groups.forEach(g => {
      g.element.hidden = g.members.every(r => r.element.hidden);
      if (g.details) g.details.open = isAsked && !g.element.hidden;
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
    h('ul', { class: 'promises' }, rows.filter(r => r.promise.verdict !== 'holds').map(r => r.element), groups.map(g => g.element)),
  ];
}

function group(title, members) {
  const details = h('details', {},
    h('summary', {}, h('span', {}, chip('holds')), h('strong', {}, title), h('span', { class: 'measured' }, `${members.length} promises`)),
    h('ul', { class: 'promises' }, members.map(r => r.element)));
  return { element: h('li', { 'data-group': title }, details), details, members };
}

function buttons(promises, choose) {
  const kinds = [null, 'broken', 'unknown', ...promises.some(p => p.verdict === 'slow') ? ['slow'] : [], 'holds'];
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
