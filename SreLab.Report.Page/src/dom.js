// Elements are built from text nodes only: whatever the evidence holds stays text.

/** An element: h('p', { class: 'note' }, 'text', child). Handlers are given as onclick and so on; null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

/** A part of the page with a heading; what cannot be drawn says so and leaves the others alone. */
export function section(id, title, note, build) {
  const body = [];
  try {
    body.push(...[build()].flat(Infinity).filter(Boolean));
  } catch (error) {
    console.error(`section ${id} could not be drawn`, error);
    body.push(missing(`this section could not be drawn: ${error.message}`));
  }
  return h('section', { id, class: 'card', 'aria-labelledby': `${id}-title` },
    h('header', {}, h('h2', { id: `${id}-title` }, title), note && h('p', { class: 'note' }, note)),
    body);
}

/** Where something would be if its evidence were there. */
export const missing = reason => h('p', { class: 'missing' }, `Unknown: ${reason}.`);

/** A part's content, or why it is not there. */
export const part = ({ data, missing: reason }, build) => (data ? build(data) : missing(reason ?? 'the page carries no reason'));

const icons = { holds: '\u2713', broken: '\u2715', unknown: '?', slow: '\u25f7' };

/** A verdict as a word with a shape. */
export const chip = verdict =>
  h('span', { class: `chip ${verdict}` }, h('span', { 'aria-hidden': 'true' }, icons[verdict] ?? '?'), verdict);

/** Names and values side by side. */
export const facts = pairs => h('dl', { class: 'facts' }, pairs.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));

/** Large figures with a label each. */
export const tiles = pairs => h('dl', { class: 'tiles' }, pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
