import { drawCharts } from '../charts/base.js';
import { facts, h, missing, tiles } from '../dom.js';
import { count, offset, plain, seconds } from '../format.js';
import { table } from '../table.js';
import { acceptedFigure, writesFigure } from './incident-charts.js';

const address = '#incident-';

/** The incident of one fault at a time, and the buttons that choose it. */
export class IncidentPanel {
  #faults;
  #buttons = new Map();
  element = h('div', { id: 'incident', hidden: true });

  constructor(faults) {
    this.#faults = faults;
  }

  /** A button that shows this fault's incident. */
  button(fault) {
    const total = fault.phases.reduce((sum, p) => sum + p.seconds, 0);
    const bar = h('span', { class: 'phases', 'aria-hidden': 'true' }, fault.phases.map(p => {
      const piece = h('i', { class: phaseClass(p.name) });
      piece.style.width = `${(100 * p.seconds) / (total || 1)}%`;
      return piece;
    }));
    const button = h('button', { type: 'button', class: 'fault', 'data-fault': fault.id, 'aria-expanded': 'false', 'aria-controls': 'incident', onclick: () => this.show(fault.id) },
      h('span', {}, fault.name), h('b', {}, fault.outage), bar,
      h('span', { class: 'who' }, `${fault.oldPrimary} \u2192 ${fault.newPrimary || 'nobody'}`));
    this.#buttons.set(fault.id, button);
    return button;
  }

  /** Shows a fault's incident and puts the focus on it. */
  show(id) {
    const fault = this.#faults.find(f => f.id === id);
    if (!fault) return;
    this.#buttons.forEach((button, of) => button.setAttribute('aria-expanded', String(of === id)));
    this.element.hidden = false;
    this.element.replaceChildren(this.#incident(fault));
    drawCharts();
    history.replaceState(null, '', `${address}${id}`);
    this.element.querySelector('h3').focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'nearest' });
  }

  /** A page whose address names a fault begins with its incident. */
  showFromAddress() {
    if (location.hash.startsWith(address)) this.show(decodeURIComponent(location.hash.slice(address.length)));
  }

  #close(id) {
    this.element.replaceChildren();
    this.element.hidden = true;
    const button = this.#buttons.get(id);
    button?.setAttribute('aria-expanded', 'false');
    button?.focus();
  }

  #incident(fault) {
    return h('section', { class: 'incident', 'aria-labelledby': 'incident-title', 'data-incident': fault.id },
      h('header', {},
        h('h3', { id: 'incident-title', tabindex: '-1' }, `Incident: ${fault.name}, outage ${fault.outage}`),
        h('button', { type: 'button', onclick: () => this.#close(fault.id) }, 'Close')),
      phaseTiles(fault),
      facts([
        ['killed', fault.signalled],
        ['primary', `${fault.oldPrimary} \u2192 ${fault.newPrimary || 'nobody'}, timeline ${branch(fault.timelineBefore)} \u2192 ${branch(fault.timelineAfter)}`],
        ['lease left at the kill', seconds(fault.leaseLeftSeconds)],
        ['healed', fault.healed === undefined ? 'not seen' : `${offset(fault.healed - fault.injected)} after the fault`],
      ]),
      fault.writes ? [writes(fault.writes), writesFigure(fault)] : missing(fault.problem ?? 'the history holds no write'),
      fault.accepted.length > 0 ? acceptedFigure(fault) : missing('the two-primaries probe left no attempt'),
      h('h4', {}, 'Log'),
      h('ol', { class: 'log' }, fault.events.map(e => h('li', {}, h('time', {}, offset(e.at - fault.injected)), h('span', {}, e.what)))),
      fault.membersAfter.length > 0 && table('Members after the heal', ['member', 'role', 'state', 'timeline>', 'bytes behind>'],
        fault.membersAfter.map(m => [m.name, m.role, m.state, String(m.timeline), m.lagBytes === undefined ? '' : count(m.lagBytes)])));
  }
}

const branch = timeline => (timeline === 0 ? 'unknown' : timeline);
const phaseClass = name => `phase-${1 + ['detect and elect', 'promote', 'reroute'].indexOf(name)}`;

const phaseTiles = fault => tiles([
  ['outage', fault.outage],
  ...['detect and elect', 'promote', 'reroute'].map(name => [name, seconds(fault.phases.find(p => p.name === name)?.seconds)]),
]);

const writes = ({ acknowledged, refused, indeterminate }) => tiles([
  ['writes acknowledged', count(acknowledged)],
  ['indeterminate', count(indeterminate)],
  ['refused', count(refused)],
  ['acknowledged of all', `${plain((100 * acknowledged) / Math.max(1, acknowledged + refused + indeterminate))} %`],
]);
