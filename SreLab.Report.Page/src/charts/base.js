import { init, use } from 'echarts/core';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { h } from '../dom.js';
import { dataTable } from '../table.js';
import { colour, onTheme } from '../theme.js';

use([BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent, SVGRenderer]);

const waiting = [];

// From this width on, in pixels, a chart has room to spare.
const wide = 640;

/** Draws every chart that has been put on the page since the last call: a chart needs its width. */
export const drawCharts = () => waiting.splice(0).forEach(draw => draw());

/**
 * A chart with its heading, its words for a screen reader, and its numbers as a table.
 * `option` gives the chart's own part, told whether there is room to spare; it is asked again when that or the colours change.
 * `onclick` gets the chart's click.
 */
export function figure({ id, title, note, label, height, option, columns, rows, legend, onclick, onready, level = 'h3' }) {
  const canvas = h('div', { class: 'chart', id: `chart-${id}` });
  canvas.style.height = `${height}px`;
  waiting.push(() => {
    const chart = init(canvas, null, { renderer: 'svg' });
    let isWide;
    const show = () => {
      isWide = canvas.clientWidth >= wide;
      const own = option(isWide);
      canvas.dataset.points = String(own.series.reduce((sum, s) => sum + s.data.length, 0));
      chart.setOption(over(frame(label), own), true);
    };
    show();
    onTheme(show);
    new ResizeObserver(() => {
      chart.resize();
      if (canvas.clientWidth >= wide !== isWide) show();
    }).observe(canvas);
    if (onclick) chart.on('click', onclick);
    onready?.(chart, show);
  });
  return h('figure', { 'aria-labelledby': `chart-${id}-title` },
    h('figcaption', {}, h(level, { id: `chart-${id}-title` }, title), note && h('p', { class: 'note' }, note)),
    canvas,
    legend && h('ul', { class: 'legend', 'aria-label': `Colours of: ${title}` }, legend.map(([token, text, shape]) => {
      const swatch = h('i', { class: shape });
      swatch.style.background = `var(--${token})`;
      return h('li', {}, swatch, text);
    })),
    dataTable(title, columns, rows));
}

// The chart's own part over the frame, one level deep: a chart that changes its tooltip keeps the tooltip's colours.
const over = (base, own) => ({
  ...base,
  ...own,
  grid: { ...base.grid, ...own.grid },
  tooltip: { ...base.tooltip, ...own.tooltip },
});

function frame(description) {
  return {
    animation: false,
    useUTC: true,
    // By name, because the width of a text is measured without the page around it.
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour('ink') },
    aria: { enabled: true, label: { enabled: true, description } },
    grid: { left: 4, right: 16, top: 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour('card'),
      borderColor: colour('line'),
      textStyle: { color: colour('ink'), fontSize: 13 },
    },
  };
}

/** Axes with the page's colours. */
export const axis = (type, more = {}) => ({
  type,
  ...more,
  axisLabel: { color: colour('soft'), fontSize: 12, hideOverlap: true, ...more.axisLabel },
  axisLine: { show: type !== 'value' && type !== 'log', lineStyle: { color: colour('line') } },
  axisTick: { show: false },
  splitLine: { show: type === 'value' || type === 'log', lineStyle: { color: colour('line') } },
});
