import { facts, h } from '../dom.js';
import { themeButton } from '../theme.js';

const said = { holds: 'Every promise holds', broken: 'A promise is broken', unknown: 'Not every promise could be judged', slow: 'Every promise holds but for times, which do not decide in this run' };

/** The run's name, its verdict in one line, and what it ran on. */
export function header({ title, run, promises }) {
  const number = kind => promises.filter(p => p.verdict === kind).length;
  const verdict = number('broken') > 0 ? 'broken' : number('unknown') > 0 || promises.length === 0 ? 'unknown' : number('slow') > 0 ? 'slow' : 'holds';
  return [
    h('div', { class: 'top-line' }, h('h1', {}, 'SreLab report'), themeButton()),
    h('p', { class: `verdict-line ${verdict}`, id: 'verdict' },
      h('strong', {}, said[verdict]),
      h('span', {}, `${number('holds')} of ${promises.length} hold, ${number('broken')} broken, ${number('unknown')} unknown${number('slow') > 0 ? `, ${number('slow')} slow` : ''}`)),
    facts([['run', title], ...run.map(f => [f.name, f.value])]),
  ];
}

export const footer = ({ title }) => [
  h('p', {}, `Everything here is from the evidence folder runs/${title}; nothing is loaded. Judge it again: `, h('code', {}, `make judge RUN=runs/${title}`), '.'),
  h('p', {}, 'Charts: Apache ECharts, Apache-2.0.'),
];
