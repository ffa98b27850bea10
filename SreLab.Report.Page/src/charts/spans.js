import { graphic } from 'echarts/core';
import { h } from '../dom.js';
import { clock, seconds } from '../format.js';
import { colour } from '../theme.js';
import { axis } from './base.js';

/**
 * Rows of bars over time. `states` maps a state to [token, share of the row's height]: the height tells states apart without colour.
 * `time` gives text for a moment, `unit` is how many of the axis' units make a second.
 */
export function spanOption({ rows, spans, states, time = clock, unit = 1000, shade, marks = [] }) {
  const names = Object.keys(states);
  const fills = names.map(n => colour(states[n][0]));
  return {
    yAxis: { ...axis('category', { data: rows, inverse: true }), axisLine: { show: false } },
    tooltip: { trigger: 'item', confine: true, formatter: p => tip(p.data, time, unit) },
    series: [
      {
        type: 'custom',
        encode: { x: [0, 1], y: 2 },
        clip: true,
        data: spans.map(s => ({ name: s.row, state: s.state, value: [s.from, s.to, rows.indexOf(s.row), names.indexOf(s.state)] })),
        renderItem: (params, api) => bar(params, api, fills, names.map(n => states[n][1])),
        markArea: shade,
      },
      {
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 9,
        itemStyle: { color: colour('ink') },
        data: marks.map(m => ({ name: m.row, state: m.state, value: [m.at, rows.indexOf(m.row)] })),
      },
    ],
  };
}

function bar(params, api, fills, heights) {
  const state = Math.max(0, api.value(3));
  const [left, middle] = api.coord([api.value(0), api.value(2)]);
  const [right] = api.coord([api.value(1), api.value(2)]);
  const height = api.size([0, 1])[1] * heights[state];
  const shape = graphic.clipRectByRect({ x: left, y: middle - height / 2, width: Math.max(right - left, 1.5), height }, params.coordSys);
  return shape && { type: 'rect', shape: { ...shape, r: 2 }, style: { fill: fills[state] } };
}

function tip(data, time, unit) {
  if (!data?.value) return '';
  const [from, to] = data.value;
  return h('div', { class: 'tip' },
    h('b', {}, data.name),
    h('span', {}, data.value.length === 4 ? `${data.state} for ${seconds((to - from) / unit)}` : data.state),
    h('span', {}, data.value.length === 4 ? `${time(from)} to ${time(to)}` : time(from)));
}

/** Distinct rows in the order in which they first appear. */
export const rowsOf = (...lists) => [...new Set(lists.flatMap(list => list.map(s => s.row)))];

export const spanColumns = ['who', 'state', 'from>', 'to>', 'seconds>'];
export const spanRows = (spans, time = clock, unit = 1000) => spans.map(s => [s.row, s.state, time(s.from), time(s.to), ((s.to - s.from) / unit).toFixed(1)]);
