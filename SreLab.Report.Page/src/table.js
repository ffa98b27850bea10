import { h } from './dom.js';

/** A table that scrolls by itself: columns are names, with a trailing '>' for numbers; the first cell of a row is its heading. */
export function table(caption, columns, rows) {
  const kinds = columns.map(c => (c.endsWith('>') ? 'number' : null));
  const cell = (value, i) => (i === 0 ? h('th', { scope: 'row', class: kinds[i] }, value) : h('td', { class: kinds[i] }, value));
  return h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, columns.map((c, i) => h('th', { scope: 'col', class: kinds[i] }, c.replace(/>$/, ''))))),
      h('tbody', {}, rows.map(row => h('tr', {}, row.map(cell))))));
}

/** The same numbers as a chart, for who cannot see it; made when it is first opened. */
export function dataTable(title, columns, rows) {
  const details = h('details', { class: 'data' }, h('summary', {}, `Data table: ${title}`));
  details.addEventListener('toggle', () => details.append(table(title, columns, rows())), { once: true });
  return details;
}
